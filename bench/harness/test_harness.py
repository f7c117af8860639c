import os
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

sys.dont_write_bytecode = True

import compare
import machine
import measure
import workloads
from report import Goal, Row, goals_table, ratio
from turns import Result


def write(root, name, text, mtime=1_700_000_000):
    path = os.path.join(root, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    os.utime(path, (mtime, mtime))


class CompareTest(unittest.TestCase):

    def setUp(self):
        self.holder = tempfile.TemporaryDirectory()
        self.a, self.b = (os.path.join(self.holder.name, name) for name in "ab")
        for root in (self.a, self.b):
            write(root, "d/x", "same")

    def tearDown(self):
        self.holder.cleanup()

    def test_equal_trees_do_not_differ(self):
        self.assertEqual(compare.differences(self.a, self.b, True), [])

    def test_tells_missing_and_unwanted_files(self):
        write(self.a, "d/y", "")
        write(self.b, "z", "")
        self.assertEqual(compare.differences(self.a, self.b, False), ["missing: d/y", "not wanted: z"])

    def test_tells_another_time_in_whole_seconds(self):
        os.utime(os.path.join(self.b, "d/x"), (1_700_000_000.5, 1_700_000_000.5))
        self.assertEqual(compare.differences(self.a, self.b, False), [])
        os.utime(os.path.join(self.b, "d/x"), (1_700_000_001, 1_700_000_001))
        self.assertEqual(len(compare.differences(self.a, self.b, False)), 1)

    def test_tells_other_bytes_only_when_asked(self):
        write(self.b, "d/x", "SAME")
        self.assertEqual(compare.differences(self.a, self.b, False), [])
        self.assertEqual(compare.differences(self.a, self.b, True), ["d/x: other content"])

    def test_leaves_the_daemons_own_directory_out_at_the_top_alone(self):
        write(self.b, ".sksync/replaced/x", "")
        self.assertEqual(compare.differences(self.a, self.b, True), [])
        write(self.b, "d/.sksync/x", "")
        self.assertEqual(len(compare.differences(self.a, self.b, True)), 1)


class NoiseTest(unittest.TestCase):

    def test_believes_runs_that_lie_together(self):
        self.assertEqual(machine.spread_noise([1.00, 1.02, 0.99, 1.01, 1.20]), "")

    def test_tells_runs_that_deviate(self):
        self.assertIn("deviate", machine.spread_noise([1.0, 1.2, 0.8, 1.3, 1.0]))

    def test_tells_a_single_slow_run(self):
        self.assertIn("slowest", machine.spread_noise([1.0, 1.0, 1.0, 1.0, 1.6]))

    def test_forgives_short_runs_some_milliseconds(self):
        self.assertEqual(machine.spread_noise([0.030, 0.035, 0.031, 0.050, 0.032]), "")

    def test_tells_others_and_stolen_time(self):
        self.assertEqual(machine.machine_noise(0.05, machine.CpuTimes(1, 0, 100)), [])
        self.assertEqual(len(machine.machine_noise(0.2, machine.CpuTimes(1, 2, 100))), 2)


class ReportTest(unittest.TestCase):

    def test_tells_by_how_much_a_goal_is_missed(self):
        self.assertEqual(Goal("ratio", 1.3, 1.3).verdict(), "ratio met (1.3)")
        self.assertEqual(Goal("time", 0.36, 0.30, " s").verdict(), "**time missed by 20 %** (0.36 s)")
        self.assertEqual(Goal("ratio", None, 1.3).verdict(), "ratio not measured")

    def test_a_contestant_that_failed_has_no_figure(self):
        failed, rsync = Result([1.0], failure="missing: x"), Result([1.0, 3.0, 2.0])
        self.assertIsNone(ratio(failed, rsync))
        table = goals_table([Row("W1", "sksync 1", "from server", failed, rsync, goals=[Goal("ratio", None, 1)])], [])
        self.assertIn("| failed | 2.000 | – |", table)
        self.assertIn("missing: x", table)


class MeasureTest(unittest.TestCase):

    def run_program(self, program, timeout=60):
        with tempfile.TemporaryDirectory() as directory:
            sampler = measure.PeakSampler().start()
            try:
                return measure.run(
                    [sys.executable, "-c", program], os.environ, os.path.join(directory, "log"), timeout, sampler)
            finally:
                sampler.stop()

    def test_measures_memory_and_tells_exit_code_and_output(self):
        done = self.run_program("import sys; x = b'x' * 300_000_000; print('hello'); sys.exit(3)")
        self.assertEqual((done.code, done.output), (3, "hello\n"))
        self.assertGreater(done.peak_bytes, 300_000_000)

    def test_ends_what_takes_too_long(self):
        done = self.run_program("import threading; threading.Event().wait()", timeout=1)
        self.assertNotEqual(done.code, 0)
        self.assertIn("--timeout", done.output)

    def test_the_proxy_counts_both_directions(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            def answer():
                peer, _ = listener.accept()
                with peer:
                    peer.sendall(peer.recv(5, socket.MSG_WAITALL) * 2)

            server = threading.Thread(target=answer)
            server.start()
            proxy = measure.CountingProxy(listener.getsockname()[1])
            with socket.create_connection(("127.0.0.1", proxy.port)) as client:
                client.sendall(b"hello")
                self.assertEqual(client.recv(10, socket.MSG_WAITALL), b"hellohello")
            server.join()
            self.assertEqual(proxy.close(), 15)

    def test_the_proxy_ends_a_client_whose_server_is_gone(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        proxy = measure.CountingProxy(port)
        with socket.create_connection(("127.0.0.1", proxy.port), 10) as client:
            self.assertEqual(client.recv(1), b"")
        self.assertEqual(proxy.close(), 0)


class TreesTest(unittest.TestCase):

    def test_emptied_files_keep_their_inodes(self):
        with tempfile.TemporaryDirectory() as root:
            write(root, "d/x", "long")
            inode = os.stat(os.path.join(root, "d/x")).st_ino
            workloads.empty_files(root)
            found = os.stat(os.path.join(root, "d/x"))
            self.assertEqual((found.st_ino, found.st_size), (inode, 0))


class ScriptTest(unittest.TestCase):

    def test_lists_the_workloads(self):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "run.sh")
        done = subprocess.run([script, "--help"], stdout=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 0)
        self.assertIn("W7", done.stdout)


if __name__ == "__main__":
    unittest.main()
