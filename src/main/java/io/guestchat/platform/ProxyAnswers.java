package io.guestchat.platform;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Tells a proxy's answer from the platform's. The hazard: where a proxy refuses a CONNECT, HttpClient returns its answer as that to
 * the call (ConnectExec), and a 403 or 404 of the proxy would be the platform's last word on a chat.
 */
final class ProxyAnswers implements ExecChainHandler {

    private static final String OPEN = "guestchat.way-is-open";

    private ProxyAnswers() {
    }

    /** One handler around HttpClient's own one that makes the tunnel, and one behind it, where only a call with a tunnel comes. */
    static void addTo(HttpClientBuilder client) {
        client.addExecInterceptorBefore(ChainElement.CONNECT.name(), "proxy-answers", new ProxyAnswers());
        client.addExecInterceptorAfter(ChainElement.CONNECT.name(), "way-is-open", (request, scope, chain) -> {
            scope.clientContext.setAttribute(OPEN, true);
            return chain.proceed(request, scope);
        });
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.removeAttribute(OPEN);
        ClassicHttpResponse response = chain.proceed(request, scope);
        if (scope.clientContext.getAttribute(OPEN) == null) {
            response.close();
            throw new ProxyRefusedException(response.getCode());
        }
        return response;
    }
}
