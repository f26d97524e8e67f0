// Which addresses may be reached.
#include "pipeline/net/address.h"

#include <gtest/gtest.h>

namespace pantau {
namespace {

bool is_public(std::string_view endpoint) {
  const std::optional<sockaddr_storage> address = parse_endpoint(endpoint);
  EXPECT_TRUE(address) << endpoint;
  return address && is_public_address(as_sockaddr(*address));
}

TEST(Address, WhatIsNotOfThePublicInternetIsRefused) {
  for (const char* const endpoint : {"0.0.0.0:443",         "0.255.255.255:443",
                                     "10.0.0.1:443",        "10.255.255.255:443",
                                     "100.64.0.1:443",      "100.127.255.255:1",
                                     "127.0.0.1:443",       "127.255.255.254:80",
                                     "169.254.169.254:80",  "169.254.0.1:443",
                                     "172.16.0.1:443",      "172.31.255.255:443",
                                     "192.0.0.1:443",       "192.0.2.1:443",
                                     "192.88.99.1:443",     "192.168.0.1:443",
                                     "192.168.255.255:443", "198.18.0.1:443",
                                     "198.19.255.255:443",  "198.51.100.1:443",
                                     "203.0.113.1:443",     "224.0.0.1:443",
                                     "239.255.255.255:443", "240.0.0.1:443",
                                     "255.255.255.255:443", "[::]:443",
                                     "[::1]:443",           "[::ffff:8.8.8.8]:443",
                                     "[::127.0.0.1]:443",   "[64:ff9b::7f00:1]:1",
                                     "[100::1]:443",        "[2001::1]:443",
                                     "[2001:1ff::1]:443",   "[2001:db8::1]:443",
                                     "[2002:7f00:1::]:443", "[3fff:1::1]:443",
                                     "[fc00::1]:443",       "[fd12::1]:443",
                                     "[fe80::1]:443",       "[ff02::1]:443",
                                     "[5f00::1]:443"}) {
    EXPECT_FALSE(is_public(endpoint)) << endpoint;
  }
}

TEST(Address, WhatIsOfThePublicInternetIsNot) {
  for (const char* const endpoint :
       {"1.1.1.1:443",         "8.8.8.8:443",         "9.255.255.255:443",   "11.0.0.0:443",
        "100.63.255.255:443",  "100.128.0.0:443",     "126.255.255.255:443", "128.0.0.0:443",
        "169.253.255.255:443", "169.255.0.0:443",     "172.15.255.255:443",  "172.32.0.0:443",
        "192.0.1.0:443",       "192.167.255.255:443", "192.169.0.0:443",     "198.17.255.255:443",
        "198.20.0.0:443",      "223.255.255.255:443", "[2001:200::1]:443",   "[2400:cb00::1]:443",
        "[2a00:1450::1]:443",  "[3ffe::1]:443"}) {
    EXPECT_TRUE(is_public(endpoint)) << endpoint;
  }
}

TEST(Address, EndpointsAreReadAndWritten) {
  for (const char* const endpoint : {"127.0.0.1:8080", "[::1]:8080", "1.2.3.4:65535"}) {
    const std::optional<sockaddr_storage> address = parse_endpoint(endpoint);
    ASSERT_TRUE(address) << endpoint;
    EXPECT_EQ(endpoint_text(as_sockaddr(*address)), endpoint);
  }
  for (const char* const endpoint : {"", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "host:80",
                                     "127.0.0.1:65536", "127.0.0.1:80x", "::1:80", "[::1]", "1:80",
                                     "[127.0.0.1]:80", "[]:80", "[fe80::1%lo]:80", "0x7f.1:80"}) {
    EXPECT_FALSE(parse_endpoint(endpoint)) << endpoint;
  }
}

}  // namespace
}  // namespace pantau
