#include "pipeline/web/http.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace pantau {
namespace {

WebRequest read(std::string_view target) {
  WebRequest request;
  EXPECT_TRUE(read_target(target, request)) << target;
  return request;
}

TEST(HttpTarget, IsReadAsPathAndQuery) {
  const WebRequest request = read("/a%20b/c+d?q=x+y%26z&flag&empty=&q=second");
  EXPECT_EQ(request.path, "/a b/c+d");
  EXPECT_EQ(request.parameter("q"), "x y&z");
  EXPECT_EQ(request.parameter("flag"), "");
  EXPECT_EQ(request.parameter("empty"), "");
  EXPECT_EQ(request.parameter("missing"), std::nullopt);
}

TEST(HttpTarget, IsRefusedIfItCouldMeanAnotherFile) {
  for (const std::string_view target :
       {"", "a", "*", "http://x/a", "/../a", "/a/..", "/a/./b", "/%2e%2e/a", "/a%2f..%2fb",
        "/a%5cb", "/%00", "/%", "/%4", "/%zz", "/a?b=%", "/a?b=%00"}) {
    WebRequest request;
    EXPECT_FALSE(read_target(target, request)) << target;
  }
  std::string many = "/a?";
  for (std::size_t i = 0; i <= kQueryParametersMax; i++) many += "x=1&";
  WebRequest request;
  EXPECT_FALSE(read_target(many, request));
}

TEST(HttpFields, OfOneNameTwiceAreNotBelieved) {
  WebRequest request;
  request.fields = {{"origin", "a"}, {"host", "b"}, {"origin", "c"}};
  EXPECT_EQ(request.field("origin"), std::nullopt);
  EXPECT_EQ(request.field("host"), "b");
}

TEST(HttpCookies, AreFoundByTheirWholeName) {
  WebRequest request;
  request.fields = {{"cookie", "a=1; __Host-sid=abc; x__Host-sid=evil; b=2"}};
  EXPECT_EQ(request.cookie("__Host-sid"), "abc");
  EXPECT_EQ(request.cookie("a"), "1");
  EXPECT_EQ(request.cookie("sid"), std::nullopt);
  request.fields = {{"cookie", "__Host-sid=abc; __Host-sid=def"}};
  EXPECT_EQ(request.cookie("__Host-sid"), std::nullopt) << "which of them?";
}

TEST(SecurityFields, AreThoseOfTheList) {
  const auto value_of = [](bool tls, std::string_view name) -> std::string {
    const auto fields = security_fields(tls);
    const auto found = std::ranges::find(fields, name, &WebField::name);
    return found == fields.end() ? "" : found->value;
  };
  EXPECT_EQ(value_of(false, "content-security-policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
            "frame-ancestors 'none'; require-trusted-types-for 'script'");
  EXPECT_EQ(value_of(false, "x-content-type-options"), "nosniff");
  EXPECT_EQ(value_of(false, "cache-control"), "no-store");
  EXPECT_EQ(value_of(false, "strict-transport-security"), "");
  EXPECT_EQ(value_of(true, "strict-transport-security"), "max-age=31536000");
}

TEST(ErrorResponse, IsJsonWhateverTheMessage) {
  const WebResponse response = error_response(400, "x", "a \"quoted\"\nline", "id");
  EXPECT_EQ(response.body, R"({"error":{"code":"x","message":"a \"quoted\"\nline","id":"id"}})");
}

}  // namespace
}  // namespace pantau
