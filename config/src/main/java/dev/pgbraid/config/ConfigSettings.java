package dev.pgbraid.config;

import dev.pgbraid.config.key.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What every key of a configuration comes to, so that two configurations can be compared.
public record ConfigSettings(SortedMap<String, Setting> byPath) {
    public ConfigSettings {
        byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
    }

    /// What is different in `next`, by path.
    ///
    /// Of blocks that come or go only the list of names is told, not what is in them.
    public List<ConfigChange> changesTo(ConfigSettings next) {
        List<ConfigChange> changes = new ArrayList<>();
        byPath.forEach((path, setting) -> {
            Setting other = next.byPath.get(path);
            if (other != null && !other.value().equals(setting.value())) {
                changes.add(new ConfigChange(path, setting.shown(), other.shown(), other.reloads()));
            }
        });
        return changes;
    }

    /// What is in force after a reload of `next`: the keys that take a restart keep their values.
    public ConfigSettings reloaded(ConfigSettings next) {
        SortedMap<String, Setting> inForce = new TreeMap<>(next.byPath);
        inForce.replaceAll((path, setting) -> setting.reloads() ? setting : byPath.getOrDefault(path, setting));
        return new ConfigSettings(inForce);
    }
}
