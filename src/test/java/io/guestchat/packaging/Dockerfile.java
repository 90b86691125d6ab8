package io.guestchat.packaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A Dockerfile as far as the checks need it: stages of instructions, without variables and here-documents.
 *
 * @param stages in the order of the file; never empty
 */
record Dockerfile(List<Stage> stages) {

    /** One line of the file, continuations joined; the keyword in upper case. */
    record Instruction(String keyword, String arguments) {
    }

    /**
     * @param name null for a stage without {@code AS}
     * @param base an image, or the name of an earlier stage
     */
    record Stage(String name, String base, List<Instruction> instructions) {
    }

    /**
     * @param fromStage null where the source is the build context
     * @param source as written, one of perhaps several
     */
    record Copy(String fromStage, String source) {
    }

    static Dockerfile parse(String text) {
        List<Stage> stages = new ArrayList<>();
        String whole = text.replaceAll("(?m)^\\s*#.*\\R", "").replaceAll("\\\\\\R", " ");
        for (String line : whole.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            String[] parts = line.split("\\s+", 2);
            String keyword = parts[0].toUpperCase(Locale.ROOT);
            String arguments = parts.length > 1 ? parts[1] : "";
            if (keyword.equals("FROM")) {
                String[] from = arguments.split("\\s+");
                stages.add(new Stage(from.length > 2 ? from[2] : null, from[0], new ArrayList<>()));
            } else {
                stages.get(stages.size() - 1).instructions().add(new Instruction(keyword, arguments));
            }
        }
        return new Dockerfile(stages);
    }

    Stage stage(String name) {
        return find(name).orElseThrow(() -> new AssertionError("no stage " + name));
    }

    private Optional<Stage> find(String name) {
        return stages.stream().filter(s -> name.equals(s.name())).findFirst();
    }

    /** The images that a build pulls. */
    List<ImageName> pulled() {
        return stages.stream().map(Stage::base).filter(b -> find(b).isEmpty()).map(ImageName::parse).toList();
    }

    /** What an image of the stage has by the last such instruction of the stage, or of the stages below it. */
    Optional<String> effective(Stage stage, String keyword) {
        List<Instruction> own = stage.instructions().stream().filter(i -> i.keyword().equals(keyword)).toList();
        if (!own.isEmpty()) {
            return Optional.of(own.get(own.size() - 1).arguments());
        }
        return find(stage.base()).flatMap(below -> effective(below, keyword));
    }

    List<Copy> copies(Stage stage) {
        return stage.instructions().stream().filter(i -> i.keyword().equals("COPY")).flatMap(i -> {
            List<String> words = Arrays.asList(i.arguments().split("\\s+"));
            String from = words.stream().filter(w -> w.startsWith("--from=")).map(w -> w.substring(7)).findFirst().orElse(null);
            List<String> paths = words.stream().filter(w -> !w.startsWith("--")).toList();
            return paths.subList(0, paths.size() - 1).stream().map(source -> new Copy(from, source));
        }).toList();
    }

    List<Copy> copies() {
        return stages.stream().flatMap(s -> copies(s).stream()).toList();
    }
}
