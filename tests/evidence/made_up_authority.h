// Keys and certificates that are made up for a test: who signs, and a time stamping authority.
#pragma once

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace pantau {

struct MadeUpAuthority {
  std::string key;
  std::string certificate;
};

// `from` and `to`: when it is valid, in seconds from now. `usage`: "" or "critical,timeStamping".
inline MadeUpAuthority made_up_authority(const std::string& name, long from, long to,
                                         const std::string& usage = "") {
  EVP_PKEY* const key = EVP_RSA_gen(2048);
  X509* const certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 4711);
  X509_gmtime_adj(X509_getm_notBefore(certificate), from);
  X509_gmtime_adj(X509_getm_notAfter(certificate), to);
  X509_set_pubkey(certificate, key);
  X509_NAME* const subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate, subject);
  const auto extend = [&](int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
    ASSERT_NE(extension, nullptr);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
  };
  extend(NID_key_usage, "critical,digitalSignature");
  if (!usage.empty()) extend(NID_ext_key_usage, usage.c_str());
  EXPECT_GT(X509_sign(certificate, key, EVP_sha256()), 0);

  const auto text = [](auto&& write) {
    BIO* const bio = BIO_new(BIO_s_mem());
    write(bio);
    const char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    std::string result(bytes, static_cast<std::size_t>(size));
    BIO_free(bio);
    return result;
  };
  MadeUpAuthority made;
  made.key = text([&](BIO* bio) {
    PEM_write_bio_PKCS8PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  });
  made.certificate = text([&](BIO* bio) { PEM_write_bio_X509(bio, certificate); });
  X509_free(certificate);
  EVP_PKEY_free(key);
  return made;
}

inline MadeUpAuthority made_up_stamper(long from, long to) {
  return made_up_authority("Stempel Contoh", from, to, "critical,timeStamping");
}

}  // namespace pantau
