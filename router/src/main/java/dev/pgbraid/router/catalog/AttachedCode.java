package dev.pgbraid.router.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What users have attached to a relation to run when its rows are read or changed.
///
/// Code that is said to be local, in a comment of its own, looks at no rows but those of the same key.
///
/// @param objects the names of all of it with their kinds, sorted
/// @param reading a policy that may read anything
/// @param policyTables the relations that policies read beside their own
/// @param writing a trigger or rule that may do anything
/// @param assigned the columns that triggers set
public record AttachedCode(
        List<String> objects,
        Optional<String> reading,
        List<ObjectName> policyTables,
        Optional<String> writing,
        Set<String> assigned) {
    public static final AttachedCode NONE =
            new AttachedCode(List.of(), Optional.empty(), List.of(), Optional.empty(), Set.of());

    public AttachedCode {
        objects = objects.stream().sorted().toList();
        policyTables = List.copyOf(policyTables);
        assigned = Set.copyOf(assigned);
    }

    /// All of both.
    public AttachedCode with(AttachedCode that) {
        List<ObjectName> tables = new ArrayList<>(policyTables);
        tables.addAll(that.policyTables);
        AttachedCode changing = withChanges(that);
        return new AttachedCode(
                changing.objects, reading.or(that::reading), tables, changing.writing, changing.assigned);
    }

    /// This with what runs when rows of another relation are changed, which are rows of this one too.
    public AttachedCode withChanges(AttachedCode part) {
        List<String> allObjects = new ArrayList<>(objects);
        allObjects.addAll(part.objects);
        Set<String> allAssigned = new HashSet<>(assigned);
        allAssigned.addAll(part.assigned);
        return new AttachedCode(allObjects, reading, policyTables, writing.or(part::writing), allAssigned);
    }
}
