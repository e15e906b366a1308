import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.puppycrawl.tools.checkstyle.AbstractAutomaticBean.OutputStreamOptions;
import com.puppycrawl.tools.checkstyle.Checker;
import com.puppycrawl.tools.checkstyle.ConfigurationLoader;
import com.puppycrawl.tools.checkstyle.DefaultLogger;
import com.puppycrawl.tools.checkstyle.PropertiesExpander;
import com.puppycrawl.tools.checkstyle.api.CheckstyleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// Checks (or with `apply` mends) the format of every source file, then checks the limits on sizes.
///
/// Both tools need a JDK that can parse the sources, and Maven may run on an older one.
final class Lint {
    private Lint() {}

    public static void main(String[] arguments) throws IOException, CheckstyleException {
        boolean apply = arguments[0].equals("apply");
        Path root = Path.of(arguments[2]).toRealPath();
        List<Path> sources = sources(root);
        int problems = format(root, sources, apply) + checkstyle(arguments[1], sources);
        if (problems > 0) {
            System.err.println(problems + " problems; the format is mended by: mvn -pl .mvn/lint verify -Dlint=apply");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> modules = Files.list(root)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(Lint::javaFiles)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static int format(Path root, List<Path> sources, boolean apply) throws IOException {
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .formatJavadoc(true)
                .build());
        int problems = 0;
        for (Path source : sources) {
            String before = Files.readString(source);
            String after;
            try {
                after = formatter.formatSourceAndFixImports(before);
            } catch (FormatterException broken) {
                // A comment line that is too long is wrapped into nonsense by the formatter.
                System.err.println("cannot be formatted: " + root.relativize(source) + ": " + broken.getMessage());
                problems++;
                continue;
            }
            if (before.equals(after)) {
                continue;
            }
            if (apply) {
                Files.writeString(source, after);
            } else {
                System.err.println("not formatted: " + root.relativize(source));
                problems++;
            }
        }
        return problems;
    }

    private static int checkstyle(String configuration, List<Path> sources) throws CheckstyleException {
        Checker checker = new Checker();
        checker.setModuleClassLoader(Checker.class.getClassLoader());
        checker.configure(
                ConfigurationLoader.loadConfiguration(configuration, new PropertiesExpander(new Properties())));
        checker.addListener(new DefaultLogger(System.err, OutputStreamOptions.NONE));
        int problems = checker.process(sources.stream().map(Path::toFile).toList());
        checker.destroy();
        return problems;
    }
}
