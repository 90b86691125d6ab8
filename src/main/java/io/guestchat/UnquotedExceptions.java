package io.guestchat;

import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.rewrite.RewritePolicy;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;

/**
 * Between every logger and its appender ({@code log4j2.xml}): of an exception the log shows the classes and the stack, not the
 * words. Whoever makes an exception likes to quote what it could not bear: Camel a body or an exchange, Jackson a piece of its
 * source, ours what the platform said; and no logger can know what is in there.
 */
@Plugin(name = "UnquotedExceptions", category = Core.CATEGORY_NAME, elementType = "rewritePolicy", printObject = true)
public final class UnquotedExceptions implements RewritePolicy {

    @PluginFactory
    public static UnquotedExceptions create() {
        return new UnquotedExceptions();
    }

    @Override
    public LogEvent rewrite(LogEvent event) {
        Throwable thrown = event.getThrown();
        return thrown == null ? event
                : new Log4jLogEvent.Builder(event).setThrown(new UnquotedException(thrown)).build();
    }
}
