/** What one would write first: camel-kafka and camel-vertx-websocket as they come, a route for each session. */
package io.guestchat.bench.stock;
