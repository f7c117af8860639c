package org.sksync.testkit.faults;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.attribute.FileAttributeView;
import org.jspecify.annotations.Nullable;

/** A view of a file's attributes on a {@link FaultyDisk}. */
final class FaultyView implements InvocationHandler {
    private final FaultyDisk disk;
    private final Object file;
    private final FileAttributeView inner;

    private FaultyView(FaultyDisk disk, Object file, FileAttributeView inner) {
        this.disk = disk;
        this.file = file;
        this.inner = inner;
    }

    static <V extends FileAttributeView> @Nullable V of(
            FaultyDisk disk, Object file, Class<V> type, @Nullable V inner) {
        return inner == null
                ? null
                : type.cast(Proxy.newProxyInstance(
                        FaultyView.class.getClassLoader(), new Class<?>[] {type}, new FaultyView(disk, file, inner)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("readAttributes")) {
            disk.call(DiskCall.LOOK, file);
        } else if (method.getName().startsWith("set")) {
            disk.call(DiskCall.SET, file);
        }
        try {
            return method.invoke(inner, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
