package io.guestchat.load;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of the texts of one direction, counted apart.
 *
 * @param sent how many were sent
 * @param lost how many of them never arrived
 * @param doubled how many arrivals were one too many
 * @param disordered how many arrived after a later one of their chat
 */
public record Tally(int sent, int lost, int doubled, int disordered) {

    public static final Tally NONE = new Tally(0, 0, 0, 0);

    /** Of one chat: the texts in the order in which they were sent, and in which they arrived. */
    public static Tally of(List<String> sent, List<String> arrived) {
        Map<String, Integer> position = new HashMap<>();
        for (int index = 0; index < sent.size(); index++) {
            position.put(sent.get(index), index);
        }
        Set<String> seen = new HashSet<>();
        int doubled = 0;
        int disordered = 0;
        int latest = -1;
        for (String text : arrived) {
            if (!seen.add(text)) {
                doubled++;
                continue;
            }
            int at = position.getOrDefault(text, -1);
            disordered += at >= 0 && at < latest ? 1 : 0;
            latest = Math.max(latest, at);
        }
        int lost = (int) sent.stream().filter(text -> !seen.contains(text)).count();
        return new Tally(sent.size(), lost, doubled, disordered);
    }

    public Tally plus(Tally other) {
        return new Tally(sent + other.sent, lost + other.lost, doubled + other.doubled, disordered + other.disordered);
    }

    public boolean isClean() {
        return lost == 0 && doubled == 0 && disordered == 0;
    }
}
