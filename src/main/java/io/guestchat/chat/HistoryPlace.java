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
            former.shown(claims.unclaimed(), history.reaches(anchor));
        }
    }

    /** The place is the history's end now. */
    void moveTo(History history) {
        anchor = history.anchor(agentTexts, guestTexts, anchor);
    }

    /** A text before the place was settled only now. */
    void settledOneMore() {
        if (anchor != null) {
            anchor = new Anchor(anchor.lastHistoryId(), anchor.publishedTexts(), anchor.settledTexts() + 1);
        }
    }

    /** Texts were given up of which nobody knows whether they have arrived, so that counts say nothing any more. */
    void lose() {
        anchor = new Anchor(NOWHERE, agentTexts.published(), guestTexts.settled());
    }
}
