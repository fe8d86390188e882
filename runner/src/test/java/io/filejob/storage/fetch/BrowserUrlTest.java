package io.filejob.storage.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs as people write them, and their form in a request. */
final class BrowserUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "http://shop.example|http://shop.example/",
                "  HTTPS://Shop.Example/A.jpg\t|https://shop.example/A.jpg",
                "http://shop.example./a|http://shop.example/a",
                "http://shop.example:/a|http://shop.example/a",
                "http://shop.example:8080?x|http://shop.example:8080/?x",
                "http://shop.example/a#b|http://shop.example/a",
                "http://shop.example/a b.jpg|http://shop.example/a%20b.jpg",
                "http://shop.example/ä.jpg?größe=1 2|http://shop.example/%C3%A4.jpg?gr%C3%B6%C3%9Fe=1%202",
                "http://shop.example/%C3%A4%20.jpg|http://shop.example/%C3%A4%20.jpg",
                "http://shop.example/100%.jpg?a=%zz|http://shop.example/100%25.jpg?a=%25zz",
                "http://shop.example/[1]{2}^`\"<>.jpg|http://shop.example/%5B1%5D%7B2%7D%5E%60%22%3C%3E.jpg",
                "http://shop.example\\a\\b|http://shop.example/a/b",
                "http://shop.example/a/./b/../c//d|http://shop.example/a/c//d",
                "http://shop.example/../%2E%2e/a/..|http://shop.example/",
                "http://bücher.example/|http://xn--bcher-kva.example/",
                "http://127。0。0。1/|http://127.0.0.1/",
                "http://１２７.0.0.1/|http://127.0.0.1/",
                "http://[::1]:8080/|http://[::1]:8080/"
            })
    void requests(String text, String uri) throws FetchException {
        assertThat(BrowserUrl.parse(text)).isEqualTo(URI.create(uri)).hasToString(uri);
        assertThat(BrowserUrl.parse(uri)).hasToString(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://user@shop.example/", "http://user:word@shop.example/", "http://shop.example:80@10.0.0.1/"
            })
    void usersAreRefused(String text) {
        assertProblem(() -> BrowserUrl.parse(text), FetchProblem.ADDRESS_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:///a",
                "http://%31%32%37.0.0.1/",
                "http://shop..example/",
                "http://shop.example:http/",
                "http://shop.example:123456/",
                "http://shop.exa\u0000mple/",
                "http://shop.example/a\r\nHost: x",
                "http://[::1",
                "http://[::1]x/",
                "http://::1/"
            })
    void invalid(String text) {
        assertProblem(() -> BrowserUrl.parse(text), FetchProblem.INVALID_URL);
    }

    @ParameterizedTest
    @CsvSource({
        "/b, https://shop.example/b",
        "b?x, https://shop.example/a/b?x",
        "../b, https://shop.example/b",
        "?x, https://shop.example/a/c?x",
        "//other.example/b, https://other.example/b",
        "https://other.example, https://other.example/",
        "'', https://shop.example/a/",
        "/Ã¤, https://shop.example/%C3%A4",
        "/ä, https://shop.example/%C3%A4"
    })
    void redirects(String location, String target) throws FetchException {
        assertThat(BrowserUrl.redirect(URI.create("https://shop.example/a/c?d"), location))
                .hasToString(target);
    }

    @Test
    void redirectsFromHttpsToHttpAreRefused() throws FetchException {
        assertProblem(
                () -> BrowserUrl.redirect(URI.create("https://shop.example/a"), "http://shop.example/a"),
                FetchProblem.ADDRESS_REFUSED);
        assertThat(BrowserUrl.redirect(URI.create("http://shop.example/a"), "https://shop.example/a"))
                .hasToString("https://shop.example/a");
    }

    private static void assertProblem(ThrowingCallable action, FetchProblem problem) {
        assertThatThrownBy(action).isInstanceOfSatisfying(FetchException.class, e -> assertThat(e.problem())
                .isEqualTo(problem));
    }
}
