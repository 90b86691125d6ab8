/** The dialect of the Genesys Cloud guest chat API: sessions, their details, the history, and one socket a session. */
package io.guestchat.dialect.webchat;
