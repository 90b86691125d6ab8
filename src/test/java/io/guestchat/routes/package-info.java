/** The routes as a text: whether Camel, a visual designer and the rest of the bridge can do with them what they should. */
package io.guestchat.routes;
