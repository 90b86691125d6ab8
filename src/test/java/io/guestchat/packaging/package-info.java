/** What can be checked of the images, the compose file and the build's entry points without a container engine. */
package io.guestchat.packaging;
