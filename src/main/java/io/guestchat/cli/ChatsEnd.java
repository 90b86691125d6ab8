package io.guestchat.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chats end}. */
@Command(name = "end", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Sends an end request for each of these chats that is live, and waits for up to --timeout until the "
                + "bridge has carried it out.", "Needs chats, or --all, or --state and --idle-for, of which both have to be true."})
final class ChatsEnd implements Callable<Integer> {

    private final Tool tool;
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "CHAT", arity = "0..*", description = "The chats' ids.")
    private List<String> chats = List.of();
    @Option(names = "--all", description = "All live chats.")
    private boolean all;
    @Option(names = "--state", paramLabel = "STATE",
            description = "Live chats in this state: starting, connecting, connected, lost. May be given several times.")
    private List<ChatState> states = List.of();
    @Option(names = "--idle-for", paramLabel = "DURATION",
            description = "Live chats whose state has not been written for so long, like 2h.")
    private Duration idleFor;
    @Option(names = "--dry-run", description = "Only tells which chats would be ended.")
    private boolean dryRun;
    @Option(names = "--no-wait", description = "Only sends the requests.")
    private boolean noWait;

    ChatsEnd(Tool tool) {
        this.tool = tool;
    }

    @Override
    public Integer call() throws Exception {
        check();
        return tool.withKafka(cluster -> {
            List<StoredChat> live = StoredChats.read(cluster).stream().filter(chat -> chat.state().isLive()).toList();
            List<StoredChat> meant = live.stream().filter(this::isMeant).toList();
            Set<String> missing = new LinkedHashSet<>(chats);
            meant.forEach(chat -> missing.remove(chat.chatId()));
            missing.forEach(chat -> tool.complain("no such chat is live: " + chat));
            boolean ended = end(cluster, meant);
            return ended && missing.isEmpty() ? 0 : 1;
        });
    }

    private boolean end(Cluster cluster, List<StoredChat> meant) throws InterruptedException {
        if (dryRun) {
            meant.forEach(chat -> tool.out().println("would end " + chat.text()));
            tool.out().println("would end " + meant.size());
            return true;
        }
        return new EndRequests(tool, cluster).carryOut(meant, !noWait);
    }

    private void check() {
        boolean byLook = !states.isEmpty() || idleFor != null;
        int ways = (chats.isEmpty() ? 0 : 1) + (all ? 1 : 0) + (byLook ? 1 : 0);
        if (ways == 0) {
            throw wrong("Which ones? Give chats, or --all, or --state and --idle-for");
        }
        if (ways > 1) {
            throw wrong("Give only one of chats, --all, and --state with --idle-for");
        }
        states.stream().filter(state -> !state.isLive()).findFirst().ifPresent(over -> {
            throw wrong("Invalid value for option '--state': no chat that is " + over + " can be ended");
        });
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private boolean isMeant(StoredChat chat) {
        if (!chats.isEmpty()) {
            return chats.contains(chat.chatId());
        }
        return (states.isEmpty() || states.contains(chat.state()))
                && (idleFor == null || !chat.writtenAt().isAfter(Instant.now().minus(idleFor)));
    }
}
