/** The records of the public contract: requests, events, messages, history pages, and what every record out carries. */
package io.guestchat.contract;
