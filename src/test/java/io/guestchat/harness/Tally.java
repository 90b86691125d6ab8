package io.guestchat.harness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of texts on their way: how many did not come, came more than once, or came before one that was sent earlier. Equal
 * texts are told apart by their number.
 */
public record Tally(int lost, int doubled, int outOfOrder) {

    public static final Tally CLEAN = new Tally(0, 0, 0);

    public static Tally of(List<String> sent, List<String> arrived) {
        Map<String, Integer> open = new HashMap<>();
        sent.forEach(text -> open.merge(text, 1, Integer::sum));
        List<String> once = new ArrayList<>();
        int doubled = 0;
        for (String text : arrived) {
            if (open.getOrDefault(text, 0) > 0) {
                open.merge(text, -1, Integer::sum);
                once.add(text);
            } else {
                doubled++;
            }
        }
        int lost = open.values().stream().mapToInt(Integer::intValue).sum();
        return new Tally(lost, doubled, once.size() - inOrder(sent, once));
    }

    /** The longest common subsequence: so many came in the order in which they were sent. */
    private static int inOrder(List<String> sent, List<String> arrived) {
        int[] before = new int[arrived.size() + 1];
        for (String text : sent) {
            int[] row = new int[arrived.size() + 1];
            for (int index = 1; index <= arrived.size(); index++) {
                row[index] = text.equals(arrived.get(index - 1))
                        ? before[index - 1] + 1
                        : Math.max(before[index], row[index - 1]);
            }
            before = row;
        }
        return before[arrived.size()];
    }

    public Tally plus(Tally other) {
        return new Tally(lost + other.lost, doubled + other.doubled, outOfOrder + other.outOfOrder);
    }
}
