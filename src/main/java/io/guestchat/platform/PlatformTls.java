package io.guestchat.platform;

import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;

/**
 * Has every {@code https} endpoint use one SSL context, which verifies, and verify the host's name. What Camel's own options say of
 * TLS (such as {@code camel.ssl.trust-all-certificates} and the component's {@code x509-hostname-verifier}) is of no effect on
 * them.
 */
final class PlatformTls extends SSLContextParameters {

    private final SSLContext context;

    private PlatformTls(SSLContext context) {
        this.context = context;
    }

    /** After the component's options were read, before its first endpoint is made. */
    static void use(SSLContext context, CamelContext camel) {
        // Of its own instance: on the component http these parameters would make an https endpoint of every http one.
        HttpComponent https = camel.getComponent("https", HttpComponent.class);
        https.setSslContextParameters(new PlatformTls(context));
        https.setX509HostnameVerifier(new DefaultHostnameVerifier());
        https.setClientConnectionManager(null);
    }

    @Override
    public SSLContext createSSLContext(CamelContext camel) {
        return context;
    }
}
