/** How records leave: as CloudEvents, or, the dead letters, as they came. Every message out is built from scratch. */
package io.guestchat.publish;
