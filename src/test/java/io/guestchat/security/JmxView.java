package io.guestchat.security;

import com.sun.tools.attach.VirtualMachine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Everything that JMX shows of a process of this machine, as text. */
final class JmxView {

    private final List<String> lines = new ArrayList<>();
    private final List<String> threads = new ArrayList<>();

    private JmxView() {
    }

    static JmxView of(long pid) throws Exception {
        JmxView view = new JmxView();
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            view.read(connector.getMBeanServerConnection());
        } finally {
            machine.detach();
        }
        return view;
    }

    /** Names and attributes of all MBeans, and what their operations dump. */
    List<String> lines() {
        return lines;
    }

    /** The threads' names and stacks. */
    List<String> threads() {
        return threads;
    }

    private void read(MBeanServerConnection server) throws Exception {
        for (ObjectName name : server.queryNames(null, null)) {
            lines.add(name.getCanonicalName());
            MBeanInfo info = server.getMBeanInfo(name);
            for (MBeanAttributeInfo attribute : info.getAttributes()) {
                if (attribute.isReadable()) {
                    lines.add(name + " " + attribute.getName() + "=" + shown(() -> server.getAttribute(name, attribute.getName())));
                }
            }
            for (MBeanOperationInfo operation : info.getOperations()) {
                if (operation.getSignature().length == 0 && operation.getName().matches("dump.*As.*|.*Json|.*History|browse.*")) {
                    lines.add(name + " " + operation.getName() + "()="
                            + shown(() -> server.invoke(name, operation.getName(), new Object[0], new String[0])));
                }
            }
        }
        ThreadMXBean threading = ManagementFactory.newPlatformMXBeanProxy(server, ManagementFactory.THREAD_MXBEAN_NAME,
                ThreadMXBean.class);
        for (ThreadInfo thread : threading.dumpAllThreads(true, true)) {
            threads.add(thread.toString());
        }
    }

    private interface Reading {
        Object read() throws Exception;
    }

    private static String shown(Reading reading) {
        try {
            return text(reading.read());
        } catch (Exception notShown) {
            // What it says is shown to whoever asks, too.
            return String.valueOf(notShown.getMessage());
        }
    }

    private static String text(Object value) {
        if (value instanceof CompositeData composite) {
            return composite.getCompositeType().keySet().stream().map(key -> key + "=" + text(composite.get(key))).toList().toString();
        }
        if (value instanceof TabularData table) {
            return table.values().stream().map(JmxView::text).toList().toString();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().map(entry -> text(entry.getKey()) + "=" + text(entry.getValue())).toList().toString();
        }
        if (value instanceof Iterable<?> items) {
            List<String> all = new ArrayList<>();
            items.forEach(item -> all.add(text(item)));
            return all.toString();
        }
        if (value != null && value.getClass().isArray()) {
            Object[] boxed = new Object[Array.getLength(value)];
            Arrays.setAll(boxed, index -> text(Array.get(value, index)));
            return Arrays.toString(boxed);
        }
        return String.valueOf(value);
    }
}
