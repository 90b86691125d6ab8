package io.guestchat.chat;

import io.guestchat.dialect.HistorySlice.Item;
import io.guestchat.state.SessionRecord.Anchor;
import java.util.List;

/**
 * Where a chat stands in its history: what of it has been published and settled, and what is news. Touched only in the chat's
 * turn.
 */
final class HistoryPlace {

    /** The id of no entry. With it the next reading counts on nothing: texts that are unknown to have arrived were given up. */
    private static final String NOWHERE = "";

    private final AgentTexts agentTexts;
    private final GuestTexts guestTexts;
    private final FormerTexts former;
    private Anchor anchor;

    HistoryPlace(AgentTexts agentTexts, GuestTexts guestTexts, FormerTexts former, Anchor anchor) {
        this.agentTexts = agentTexts;
        this.guestTexts = guestTexts;
        this.former = former;
        this.anchor = anchor;
    }

    Anchor anchor() {
        return anchor;
    }

    /** What a history holds beyond that place. */
    Gap.News news(History history) {
        List<GuestText> inDoubt = guestTexts.inDoubt(former::isInDoubt);
        if (history.isWhole(anchor, agentTexts, guestTexts)) {
            List<Item> fresh = history.unpublished(agentTexts, anchor);
            List<String> written = history.unsettled(guestTexts.settled(), anchor, inDoubt);
            return new Gap.News(fresh, true, HistoryClaims.match(written, inDoubt));
        }
        HistoryAlignment.CutOff place = history.cutOff(agentTexts);
        HistoryClaims claims = HistoryClaims.cutOff(history.guestTexts(), guestTexts.lastSettled(), inDoubt);
        List<Item> said = history.agentTexts();
        return new Gap.News(said.subList(place.firstUnpublished(), said.size()), place.isSure(), claims);
    }

    /** The history has been read and acted upon: what redelivered requests may claim of it is kept. */
    void shown(History history, HistoryClaims claims) {
        if (claims.isCutOff()) {
            former.cutOff(claims.unclaimed());
        } else {
            former.shown(claims.unclaimed());
        }
    }

    /**
     * The place is the history's end now. What no request has claimed yet counts as if it were settled: it comes before the place,
     * and a next owner, who finds it neither settled nor claimed, looks for it there.
     *
     * @param newer how many agent texts were published that came after the history's end
     */
    void moveTo(History history, int newer) {
        anchor = history.anchor(agentTexts.published() - newer, guestTexts.settled() + former.unclaimed().size(), anchor);
    }

    /** A text comes into line, perhaps again. What it leaves unclaimed for good is no part of the count any more. */
    FormerTexts.Fate claim(Request request, String text) {
        int before = former.unclaimed().size();
        FormerTexts.Fate fate = former.claim(request, text);
        int passedOver = before - former.unclaimed().size() - (fate == FormerTexts.Fate.ARRIVED ? 1 : 0);
        if (passedOver > 0 && anchor != null) {
            anchor = new Anchor(anchor.lastHistoryId(), anchor.publishedTexts(), anchor.settledTexts() - passedOver);
        }
        return fate;
    }

    /** Texts were given up of which nobody knows whether they have arrived, so that counts say nothing any more. */
    void lose() {
        anchor = new Anchor(NOWHERE, agentTexts.published(), guestTexts.settled());
    }
}
