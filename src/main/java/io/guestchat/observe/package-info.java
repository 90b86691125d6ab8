/** What an operator sees: metrics and health. No chat id, no text and no name is ever a label. */
package io.guestchat.observe;
