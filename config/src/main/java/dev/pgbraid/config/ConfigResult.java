package dev.pgbraid.config;

import java.util.List;
import java.util.stream.Collectors;

/// What reading a configuration file gave.
public sealed interface ConfigResult {

    /// The file is good.
    record Valid(ProxyConfig config, ConfigSettings settings) implements ConfigResult {}

    /// The file is not, and these are all the reasons, in the order of the file.
    record Invalid(List<ConfigProblem> problems) implements ConfigResult {
        public Invalid {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("an invalid file needs a problem");
            }
        }

        /// The problems as lines of text.
        public String report() {
            return problems.stream().map(problem -> problem + "\n").collect(Collectors.joining());
        }
    }
}
