/** What has to be true before the first request is read: the topics are there, and fit each other. */
package io.guestchat.startup;
