/** What tests of TLS need: an authority of their own, and the certificates that it issues. */
package io.guestchat.tls;
