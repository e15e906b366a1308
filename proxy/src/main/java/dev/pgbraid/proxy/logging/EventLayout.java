package dev.pgbraid.proxy.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/// Turns an event into one line.
abstract sealed class EventLayout extends LayoutBase<ILoggingEvent> permits TextLayout, JsonLayout {
    private static final int STACK_FRAMES_MAX = 40;

    @Override
    public final String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(128);
        append(line, event);
        return line.append('\n').toString();
    }

    abstract void append(StringBuilder line, ILoggingEvent event);

    /// Gives every field of the event, its exception last.
    static void forEachField(ILoggingEvent event, BiConsumer<String, String> field) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> field.accept(pair.key, String.valueOf(pair.value)));
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            field.accept("error", stack(thrown));
        }
    }

    private static String stack(IThrowableProxy thrown) {
        StringBuilder text = new StringBuilder();
        for (@Nullable IThrowableProxy each = thrown; each != null; each = each.getCause()) {
            text.append(text.isEmpty() ? "" : " caused by ").append(each.getClassName());
            if (each.getMessage() != null) {
                text.append(": ").append(each.getMessage());
            }
            StackTraceElementProxy[] frames = each.getStackTraceElementProxyArray();
            for (int i = 0; i < Math.min(frames.length, STACK_FRAMES_MAX); i++) {
                text.append(' ').append(frames[i].getSTEAsString());
            }
        }
        return text.toString();
    }
}
