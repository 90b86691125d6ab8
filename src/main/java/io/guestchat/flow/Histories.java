package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Request;
import io.guestchat.chat.Session;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.EventDetail.HistoryDelivered;
import io.guestchat.contract.GuestRequest;
import io.guestchat.contract.HistoryPage;
import io.guestchat.contract.HistoryPage.Entry;
import io.guestchat.contract.RequestFailedException;
import io.guestchat.dialect.Dialect;
import io.guestchat.dialect.HistorySlice;
import io.guestchat.dialect.PlatformCall;
import io.guestchat.dialect.UnusableAnswerException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/** The steps of {@code history}, and of reading one at all. */
public final class Histories {

    static final String READING = "historyReading";

    private static final String DELIVERED = "historyDelivered";
    /** A record of one megabyte is the most that Kafka takes by default; a page is well below it, quotes and all. */
    private static final int MOST_CHARACTERS = 200_000;

    private final Dialect dialect;
    private final Events events;

    public Histories(Dialect dialect, Events events) {
        this.dialect = dialect;
        this.events = events;
    }

    public void ask(Exchange exchange) throws RequestFailedException {
        Session session = Step.chat(exchange).session();
        if (session == null || !session.isAssigned()) {
            throw new RequestFailedException(ErrorCode.NOT_ASSIGNED, "no conversation is assigned yet");
        }
        int pageSize = ((GuestRequest.History) Step.request(exchange).content()).pageSize();
        exchange.setProperty(READING, new HistoryReading(PlatformCall.Kind.HISTORY, session.conversationId(), pageSize));
    }

    public boolean hasNext(Exchange exchange) {
        return reading(exchange).next() != null;
    }

    public void next(Exchange exchange) {
        HistoryReading reading = reading(exchange);
        Step.body(exchange, dialect.historyPage(reading.kind(), reading.conversationId(), reading.pageSize(), reading.next()));
    }

    public void read(Exchange exchange) throws RequestFailedException {
        HistoryReading reading = reading(exchange);
        try {
            HistorySlice page = dialect.history(exchange.getMessage().getBody(byte[].class), reading.next());
            if (!reading.add(page)) {
                throw new RequestFailedException(ErrorCode.PLATFORM_ERROR, "the history does not end");
            }
        } catch (UnusableAnswerException unusable) {
            throw new RequestFailedException(ErrorCode.PLATFORM_ERROR, unusable.getMessage());
        }
    }

    /** The records of the pages, in order. A conversation without a message has one empty page. */
    public void pages(Exchange exchange) {
        Request request = Step.request(exchange);
        HistoryReading reading = reading(exchange);
        List<List<Entry>> pages = split(reading.history().items().stream().map(HistorySlice.Item::entry).toList(), reading.pageSize());
        List<Step.Outgoing> records = new ArrayList<>();
        int messages = 0;
        for (int number = 1; number <= pages.size(); number++) {
            List<Entry> page = pages.get(number - 1);
            messages += page.size();
            records.add(new Step.Outgoing(new HistoryPage(request.answerId("history-page/" + number), request.chatId(), request.id(),
                    reading.conversationId(), number, number == pages.size(), page), request.cause()));
        }
        exchange.setProperty(DELIVERED, new HistoryDelivered(reading.conversationId(), pages.size(), messages));
        Step.body(exchange, records);
    }

    private static List<List<Entry>> split(List<Entry> entries, int pageSize) {
        List<List<Entry>> pages = new ArrayList<>();
        List<Entry> page = new ArrayList<>();
        int characters = 0;
        for (Entry entry : entries) {
            int length = entry.text() == null ? 0 : entry.text().length();
            if (page.size() == pageSize || !page.isEmpty() && characters + length > MOST_CHARACTERS) {
                pages.add(page);
                page = new ArrayList<>();
                characters = 0;
            }
            page.add(entry);
            characters += length;
        }
        pages.add(page);
        return pages;
    }

    public void delivered(Exchange exchange) {
        Request request = Step.request(exchange);
        Step.outgoing(exchange, events.answer(request, exchange.getProperty(DELIVERED, HistoryDelivered.class)), request.cause());
    }

    private static HistoryReading reading(Exchange exchange) {
        return exchange.getProperty(READING, HistoryReading.class);
    }
}
