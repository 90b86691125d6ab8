package io.guestchat.simulator;

import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import io.guestchat.simulator.SimulatorOptions.HistoryOrder;
import io.guestchat.simulator.SimulatorOptions.NextPage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Builds {@link SimulatorOptions}, which say what each option means. The defaults stand here and nowhere else. */
public final class SimulatorOptionsBuilder {

    private String host = "127.0.0.1";
    private int port;
    private boolean tls;
    private Path certificateOut;
    private List<String> tlsNames = List.of();
    private String clientId = "your_client_id";
    private String clientSecret = "your_client_secret";
    private Duration tokenLifetime = Duration.ofDays(1);
    private String scope = SimulatorOptions.ALL_SCOPES;
    private Assignment assignment = Assignment.BOTH;
    private Duration assignmentDelay = Duration.ofMillis(300);
    private String greeting;
    private String agentName = "Agent Ada";
    private Answering answering = Answering.REPLY;
    private Duration answerDelay = Duration.ofMillis(200);
    private boolean answerTyping = true;
    private boolean acks = true;
    private boolean echo;
    private boolean messageDirection = true;
    private HistoryOrder historyOrder = HistoryOrder.OLDEST_FIRST;
    private int historyDepth = Integer.MAX_VALUE;
    private int memory = Integer.MAX_VALUE;
    private NextPage nextPage = NextPage.PATH;
    private Duration sessionLife = Duration.ofSeconds(120);
    private int goneStatus = 410;
    private String openStatus = "open";
    private String activeStatus = "active";
    private boolean answerPings = true;
    private Clock clock = Clock.systemUTC();

    SimulatorOptionsBuilder() {
    }

    SimulatorOptionsBuilder(SimulatorOptions from) {
        host = from.host();
        port = from.port();
        tls = from.tls();
        certificateOut = from.certificateOut();
        tlsNames = from.tlsNames();
        clientId = from.clientId();
        clientSecret = from.clientSecret();
        tokenLifetime = from.tokenLifetime();
        scope = from.scope();
        assignment = from.assignment();
        assignmentDelay = from.assignmentDelay();
        greeting = from.greeting();
        agentName = from.agentName();
        answering = from.answering();
        answerDelay = from.answerDelay();
        answerTyping = from.answerTyping();
        acks = from.acks();
        echo = from.echo();
        messageDirection = from.messageDirection();
        historyOrder = from.historyOrder();
        historyDepth = from.historyDepth();
        memory = from.memory();
        nextPage = from.nextPage();
        sessionLife = from.sessionLife();
        goneStatus = from.goneStatus();
        openStatus = from.openStatus();
        activeStatus = from.activeStatus();
        answerPings = from.answerPings();
        clock = from.clock();
    }

    public SimulatorOptionsBuilder host(String value) {
        host = value;
        return this;
    }

    public SimulatorOptionsBuilder port(int value) {
        port = value;
        return this;
    }

    public SimulatorOptionsBuilder tls(boolean value) {
        tls = value;
        return this;
    }

    public SimulatorOptionsBuilder certificateOut(Path value) {
        certificateOut = value;
        return this;
    }

    public SimulatorOptionsBuilder tlsNames(List<String> value) {
        tlsNames = value;
        return this;
    }

    public SimulatorOptionsBuilder clientId(String value) {
        clientId = value;
        return this;
    }

    public SimulatorOptionsBuilder clientSecret(String value) {
        clientSecret = value;
        return this;
    }

    public SimulatorOptionsBuilder tokenLifetime(Duration value) {
        tokenLifetime = value;
        return this;
    }

    public SimulatorOptionsBuilder scope(String value) {
        scope = value;
        return this;
    }

    public SimulatorOptionsBuilder assignment(Assignment value) {
        assignment = value;
        return this;
    }

    public SimulatorOptionsBuilder assignmentDelay(Duration value) {
        assignmentDelay = value;
        return this;
    }

    public SimulatorOptionsBuilder greeting(String value) {
        greeting = value;
        return this;
    }

    public SimulatorOptionsBuilder agentName(String value) {
        agentName = value;
        return this;
    }

    public SimulatorOptionsBuilder answering(Answering value) {
        answering = value;
        return this;
    }

    public SimulatorOptionsBuilder answerDelay(Duration value) {
        answerDelay = value;
        return this;
    }

    public SimulatorOptionsBuilder answerTyping(boolean value) {
        answerTyping = value;
        return this;
    }

    public SimulatorOptionsBuilder acks(boolean value) {
        acks = value;
        return this;
    }

    public SimulatorOptionsBuilder echo(boolean value) {
        echo = value;
        return this;
    }

    public SimulatorOptionsBuilder messageDirection(boolean value) {
        messageDirection = value;
        return this;
    }

    public SimulatorOptionsBuilder historyOrder(HistoryOrder value) {
        historyOrder = value;
        return this;
    }

    public SimulatorOptionsBuilder historyDepth(int value) {
        historyDepth = value;
        return this;
    }

    public SimulatorOptionsBuilder memory(int value) {
        memory = value;
        return this;
    }

    public SimulatorOptionsBuilder nextPage(NextPage value) {
        nextPage = value;
        return this;
    }

    public SimulatorOptionsBuilder sessionLife(Duration value) {
        sessionLife = value;
        return this;
    }

    public SimulatorOptionsBuilder goneStatus(int value) {
        goneStatus = value;
        return this;
    }

    public SimulatorOptionsBuilder openStatus(String value) {
        openStatus = value;
        return this;
    }

    public SimulatorOptionsBuilder activeStatus(String value) {
        activeStatus = value;
        return this;
    }

    public SimulatorOptionsBuilder answerPings(boolean value) {
        answerPings = value;
        return this;
    }

    public SimulatorOptionsBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    public SimulatorOptions build() {
        return new SimulatorOptions(host, port, tls, certificateOut, tlsNames, clientId, clientSecret, tokenLifetime, scope,
                assignment, assignmentDelay, greeting, agentName, answering, answerDelay, answerTyping, acks,
                echo, messageDirection, historyOrder, historyDepth, memory, nextPage, sessionLife, goneStatus,
                openStatus, activeStatus, answerPings, clock);
    }
}
