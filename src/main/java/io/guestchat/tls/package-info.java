/** Whom the bridge trusts, and as whom it shows itself: PEM files become what Kafka's, HTTP's and WebSockets' clients take. */
package io.guestchat.tls;
