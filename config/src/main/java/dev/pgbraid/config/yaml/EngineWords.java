package dev.pgbraid.config.yaml;

import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// Says what the YAML engine found wrong without quoting the file, for what it stumbled over may be a password.
final class EngineWords {
    static final String UNKNOWN = "not valid YAML; a value with special characters needs quotes";

    /// The problems that the engine words without a piece of the file.
    private static final Pattern QUOTES_NOTHING = Pattern.compile("mapping values are not allowed here"
            + "|mapping keys are not allowed here"
            + "|sequence entries are not allowed here"
            + "|could not find expected ':'"
            + "|found unexpected (end of stream|document separator)"
            + "|expected .+, but (found|got) '?(<[a-z ]+>|[-,:?#{}\\[\\]])'?");

    private EngineWords() {}

    static String of(MarkedYamlEngineException error, String text) {
        String problem = error.getProblem();
        if (QUOTES_NOTHING.matcher(problem).matches()) {
            return "not valid YAML: " + problem;
        }
        if (isTab(error.getProblemMark(), text)) {
            return "not valid YAML: a tab cannot indent; use spaces";
        }
        return UNKNOWN;
    }

    private static boolean isTab(Optional<Mark> mark, String text) {
        return mark.isPresent()
                && mark.get().getIndex() < text.codePointCount(0, text.length())
                && text.codePointAt(text.offsetByCodePoints(0, mark.get().getIndex())) == '\t';
    }
}
