package io.guestchat.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code chats list}. */
@Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Tells the chats, a line each, with the time at which their state was last written. No names, no texts.")
final class ChatsList implements Callable<Integer> {

    private final Tool tool;
    @Option(names = "--chat", paramLabel = "ID", description = "Only this chat. May be given several times.")
    private List<String> chats = List.of();
    @Option(names = "--state", paramLabel = "STATE", description = "Only in this state: ${COMPLETION-CANDIDATES}. "
            + "May be given several times.")
    private List<ChatState> states = List.of();
    @Option(names = "--count", description = "Only how many, by state and in total.")
    private boolean count;
    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    ChatsList(Tool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws Exception {
        return tool.withKafka(cluster -> {
            List<StoredChat> found = StoredChats.read(cluster).stream()
                    .filter(chat -> chats.isEmpty() || chats.contains(chat.chatId()))
                    .filter(chat -> states.isEmpty() || states.contains(chat.state())).toList();
            if (count) {
                Counts counts = new Counts();
                found.forEach(chat -> counts.add(chat.state().toString()));
                counts.print(tool.out(), json, "states");
            } else {
                found.forEach(chat -> tool.out().println(json ? chat.json() : chat.text()));
            }
            return 0;
        });
    }
}
