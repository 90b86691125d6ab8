package io.guestchat.faults;

/** How the two sides of a chat speak. */
@FunctionalInterface
interface Wording {

    /** No two texts are equal. */
    Wording NUMBERED = (side, chat, number) -> side + " of " + chat + " says " + number;

    /** All texts of the even chats are equal, and of the odd ones nine in ten. */
    Wording REPEATED = (side, chat, number) ->
            number % 10 == 9 && Integer.parseInt(chat.replaceAll("\\D", "")) % 2 == 1 ? NUMBERED.text(side, chat, number) : "ok";

    /**
     * The next text.
     *
     * @param side {@code guest} or {@code agent}
     * @param number of this side's texts in this chat, from 0
     */
    String text(String side, String chat, int number);
}
