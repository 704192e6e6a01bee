package dev.skyhedge.watch.installation;

import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// Calls a plugin with its own class loader as the thread's: SDKs look for their parts there. The thread has
/// its own back when the call returns.
final class WithinPlugin {
    private WithinPlugin() {}

    /// The same factory, whose providers are called in this way too.
    static ProviderFactory of(ProviderFactory factory, ClassLoader plugin) {
        return wrap(ProviderFactory.class, factory, plugin);
    }

    private static <T> T wrap(Class<T> contract, T target, ClassLoader plugin) {
        Object proxy =
                Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, (_, method, arguments) -> {
                    Thread thread = Thread.currentThread();
                    ClassLoader before = thread.getContextClassLoader();
                    thread.setContextClassLoader(plugin);
                    try {
                        return wrapProvider(call(target, method, arguments), plugin);
                    } finally {
                        thread.setContextClassLoader(before);
                    }
                });
        return contract.cast(proxy);
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static @Nullable Object wrapProvider(@Nullable Object answer, ClassLoader plugin) {
        return answer instanceof Outcome.Done<?> done && done.value() instanceof Provider provider
                ? Outcome.done(wrap(Provider.class, provider, plugin))
                : answer;
    }
}
