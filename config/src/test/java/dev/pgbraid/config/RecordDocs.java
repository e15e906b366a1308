package dev.pgbraid.config;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.RawTextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The documentation of the configuration's records, as the compiler reads it from their sources.
final class RecordDocs {
    private static final Path SOURCES = Path.of("src/main/java/dev/pgbraid/config");

    private final Map<String, Map<String, String>> components = new HashMap<>();

    private RecordDocs() {}

    static RecordDocs read() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        RecordDocs docs = new RecordDocs();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.list(SOURCES)) {
            List<Path> records = sources.filter(file -> file.toString().endsWith("Config.java"))
                    .toList();
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(records));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                docs.new Scanner(trees).scan(unit, null);
            }
        }
        return docs;
    }

    /// What each documented component of `record` means.
    Map<String, String> components(Class<?> record) {
        return components.getOrDefault(record.getSimpleName(), Map.of());
    }

    private final class Scanner extends TreePathScanner<Void, Void> {
        private final DocTrees trees;

        Scanner(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment != null) {
                components.put(type.getSimpleName().toString(), parameters(comment));
            }
            return super.visitClass(type, null);
        }

        private static Map<String, String> parameters(DocCommentTree comment) {
            Map<String, String> parameters = new LinkedHashMap<>();
            for (DocTree tag : comment.getBlockTags()) {
                if (tag instanceof ParamTree parameter) {
                    String text = parameter.getDescription().stream()
                            .map(Scanner::content)
                            .collect(Collectors.joining());
                    parameters.put(parameter.getName().toString(), text.strip().replaceAll("\\s+", " "));
                }
            }
            return parameters;
        }

        /// Only code spans and plain words stand in these comments, and the compiler leaves both as they are.
        private static String content(DocTree tree) {
            return ((RawTextTree) tree).getContent();
        }
    }
}
