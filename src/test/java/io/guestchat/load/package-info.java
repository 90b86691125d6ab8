/** Many chats at once: every text is counted, in both directions. */
package io.guestchat.load;
