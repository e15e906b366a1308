package dev.pgbraid.loadtest.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a client is written in: how it is installed, built and run.
enum Language {
    SHELL("check.sh", "", "", "", "sh check.sh"),
    C("check.c", "cc pkg-config", "", "cc -Wall -O1 -o check check.c $(pkg-config --cflags --libs libpq)", "./check"),
    PYTHON(
            "requirements.txt",
            "python3",
            "rm -rf venv && python3 -m venv venv && venv/bin/pip install -q --no-deps -r requirements.txt",
            "",
            "venv/bin/python check.py"),
    NODE("package-lock.json", "node npm", "npm ci --no-audit --no-fund", "", "node check.mjs"),
    GO("go.sum", "go", "go mod download", "GOFLAGS=-mod=readonly GOPROXY=off go build -o check .", "./check"),
    RUST("Cargo.toml", "cargo", "cargo fetch", "cargo build --quiet --offline", "target/debug/check"),
    JAVA(
            "pom.xml",
            "mvn java",
            "mvn -B -q package dependency:copy-dependencies",
            "mvn -B -q -o package",
            "java -cp 'target/classes:target/dependency/*' Check");

    private final String lockFile;
    private final String programs;
    private final String install;
    private final String build;
    private final String run;

    Language(String lockFile, String programs, String install, String build, String run) {
        this.lockFile = lockFile;
        this.programs = programs;
        this.install = install;
        this.build = build;
        this.run = run;
    }

    /// The language of the client in `directory`.
    static Optional<Language> of(Path directory) {
        return Arrays.stream(values())
                .filter(language -> Files.isRegularFile(directory.resolve(language.lockFile)))
                .findFirst();
    }

    /// The file that pins what is to be installed.
    String lockFile() {
        return lockFile;
    }

    /// The programs that must be on the PATH.
    List<String> programs() {
        return programs.isEmpty() ? List.of() : List.of(programs.split(" ", -1));
    }

    /// The shell command that fetches what the client needs; empty when it needs nothing.
    String install() {
        return install;
    }

    /// The shell command that makes the client from its sources, without the network; empty when there is nothing to
    /// make.
    String build() {
        return build;
    }

    String run() {
        return run;
    }
}
