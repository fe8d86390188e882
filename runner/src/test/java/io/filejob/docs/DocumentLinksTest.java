package io.filejob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DocumentLinksTest {
    private static final int MAX_README_LINES = 120;

    static List<MarkdownPage> pages() {
        return MarkdownPage.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFileAndAHeadingOfTheProject(MarkdownPage page) {
        List<String> broken = new ArrayList<>();
        for (String link : page.links()) {
            if (link.matches("[a-z]+:.*")) {
                continue;
            }
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? page.file()
                    : page.file().resolveSibling(parts[0]).normalize();
            if (!target.startsWith(MarkdownPage.ROOT) || !Files.exists(target)) {
                broken.add(link + ": there is no such file");
            } else if (parts.length == 2 && !MarkdownPage.read(target).anchors().contains(parts[1])) {
                broken.add(link + ": there is no such heading");
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageForUsersIsReachedFromTheReadme() {
        Set<Path> reached = new HashSet<>();
        follow(MarkdownPage.read(MarkdownPage.ROOT.resolve("README.md")), reached);
        assertThat(MarkdownPage.forUsers())
                .extracting(MarkdownPage::file)
                .hasSizeGreaterThan(20)
                .allSatisfy(file -> assertThat(reached).contains(file));
    }

    private static void follow(MarkdownPage page, Set<Path> reached) {
        if (!reached.add(page.file())) {
            return;
        }
        page.links().stream()
                .map(link -> link.replaceFirst("#.*", ""))
                .filter(link -> link.endsWith(".md") && !link.contains(":"))
                .map(link -> page.file().resolveSibling(link).normalize())
                .forEach(file -> follow(MarkdownPage.read(file), reached));
    }

    @Test
    void theReadmeIsShort() {
        MarkdownPage readme = MarkdownPage.read(MarkdownPage.ROOT.resolve("README.md"));
        assertThat(readme.lines()).isLessThanOrEqualTo(MAX_README_LINES);
    }
}
