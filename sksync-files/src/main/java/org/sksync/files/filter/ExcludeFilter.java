package org.sksync.files.filter;

import java.util.ArrayList;
import java.util.List;
import org.sksync.files.path.NameFolding;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;

/**
 * The files that a user keeps out of a sync, named by shell patterns (protocol: sksync.json,
 * {@code filter_fnmatch_exclude}).
 *
 * <p>The patterns are those of Python's {@code fnmatch}: {@code *}, {@code ?}, {@code [seq]}, {@code [!seq]}; a
 * {@code [} that is never closed stands for itself, and {@code *} matches a leading dot too. A pattern is held against
 * each part of a name by itself, so one for a directory keeps out all that lies beneath it, and a pattern with a
 * {@code /} matches nothing. Where a pattern or a part has another Unicode form, its composed one (NFC) is tried too, for
 * who types a name sees no difference. Immutable. The time to match is at most the product of the two lengths, for each
 * form.
 */
public final class ExcludeFilter {
    private final List<FnmatchPattern> patterns;

    private ExcludeFilter(List<FnmatchPattern> patterns) {
        this.patterns = patterns;
    }

    /** Returns the filter that excludes nothing. */
    public static ExcludeFilter none() {
        return new ExcludeFilter(List.of());
    }

    /** Returns the filter for some patterns by the rules of this platform. */
    public static ExcludeFilter of(List<String> patterns) {
        return of(patterns, PlatformNames.current());
    }

    /** Returns the filter for some patterns; they match in any case where {@code names} is not case-sensitive. */
    public static ExcludeFilter of(List<String> patterns, PlatformNames names) {
        List<FnmatchPattern> compiled = new ArrayList<>(patterns.size());
        for (String pattern : patterns) {
            compiled.add(FnmatchPattern.of(pattern, names.isCaseSensitive()));
            String composed = NameFolding.composed(pattern);
            if (!composed.equals(pattern)) {
                compiled.add(FnmatchPattern.of(composed, names.isCaseSensitive()));
            }
        }
        return new ExcludeFilter(List.copyOf(compiled));
    }

    /** Returns whether a file, or a directory that it lies in, is excluded. */
    public boolean excludes(RelativePath path) {
        if (patterns.isEmpty()) {
            return false;
        }
        if (!path.isNested()) {
            return excludesName(path.text());
        }
        for (String part : path.parts()) {
            if (excludesName(part)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a file or directory of this name, one part of a path, is excluded. */
    public boolean excludesName(String part) {
        if (patterns.isEmpty()) {
            return false;
        }
        if (matchesAny(part)) {
            return true;
        }
        String composed = NameFolding.composed(part);
        return !composed.equals(part) && matchesAny(composed);
    }

    private boolean matchesAny(String name) {
        for (FnmatchPattern pattern : patterns) {
            if (pattern.matches(name)) {
                return true;
            }
        }
        return false;
    }
}
