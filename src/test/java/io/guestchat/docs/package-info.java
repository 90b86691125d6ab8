/** The pages for people, checked against what they speak of. */
package io.guestchat.docs;
