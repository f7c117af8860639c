package org.sksync.cli.command;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * The signal HUP, which asks a daemon to read its configuration again. The JDK's class for signals is looked for by its
 * name: it is no part of Java, and there is no such signal on Windows.
 */
final class HangUp {

    private HangUp() {}

    /**
     * Has {@code task} run each time that the signal comes, on a thread of the JVM's; without effect where there is no
     * such signal, and where whoever started the process has it ignored.
     */
    static void whenReceived(Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Constructor<?> byName = signal.getConstructor(String.class);
            Object running =
                    Proxy.newProxyInstance(HangUp.class.getClassLoader(), new Class<?>[] {handler}, handling(task));
            signal.getMethod("handle", signal, handler).invoke(null, byName.newInstance("HUP"), running);
        } catch (ReflectiveOperationException e) {
            // The watch notices changes by itself; the signal only makes it sure.
            return;
        }
    }

    private static InvocationHandler handling(Runnable task) {
        return (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                task.run();
                yield null;
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "HangUp";
        };
    }
}
