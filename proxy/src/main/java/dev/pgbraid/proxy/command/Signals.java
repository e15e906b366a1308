package dev.pgbraid.proxy.command;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The signals of the operating system.
///
/// The JDK has no other way to hear them than a class that no compiler mentions without a warning; hence the detour.
final class Signals {
    private Signals() {}

    /// Does `action`, on a thread of its own, whenever the signal comes, instead of what the JVM does otherwise.
    ///
    /// @param name without `SIG`
    static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle run =
                    MethodHandles.lookup().findVirtual(Runnable.class, "run", MethodType.methodType(void.class));
            Object hearing = MethodHandleProxies.asInterfaceInstance(
                    handler, MethodHandles.dropArguments(run.bindTo(action), 0, signal));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), hearing);
        } catch (ReflectiveOperationException unheard) {
            throw new IllegalStateException("this JVM does not hear signals", unheard);
        }
    }
}
