// OpenSSL's things that free themselves. Only for this folder's .cc files: it brings OpenSSL's
// headers with it.
#pragma once

#include <openssl/bio.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pantau::openssl {

template <auto kFree>
struct Free {
  template <class T>
  void operator()(T* thing) const {
    kFree(thing);
  }
};

using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using TimeStampAnswer = std::unique_ptr<TS_RESP, Free<TS_RESP_free>>;

// Bytes to read from; they must outlive it.
Bio reading(std::string_view bytes);

// What is asked for a password when a PEM needs one: none is given.
int no_passphrase(char* out, int size, int writing, void* user);

// All certificates of a PEM, in their order; none if there are none.
std::vector<Certificate> certificates_of(const std::string& pem);

}  // namespace pantau::openssl
