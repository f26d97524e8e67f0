#include "pipeline/evidence/seal.h"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <array>
#include <ctime>
#include <memory>
#include <optional>
#include <vector>

#include "classifiers/base/check.h"
#include "pipeline/evidence/openssl_owned.h"
#include "pipeline/evidence/seal_form.h"

namespace pantau {
namespace {

using openssl::Bio, openssl::Certificate, openssl::Free, openssl::certificates_of,
    openssl::no_passphrase, openssl::reading;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Store = std::unique_ptr<X509_STORE, Free<X509_STORE_free>>;
using Cms = std::unique_ptr<CMS_ContentInfo, Free<CMS_ContentInfo_free>>;
using Answer = openssl::TimeStampAnswer;
using Request = std::unique_ptr<TS_REQ, Free<TS_REQ_free>>;
using Imprint = std::unique_ptr<TS_MSG_IMPRINT, Free<TS_MSG_IMPRINT_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, Free<X509_ALGOR_free>>;
using Verification = std::unique_ptr<TS_VERIFY_CTX, Free<TS_VERIFY_CTX_free>>;
using Time = std::unique_ptr<ASN1_TIME, Free<ASN1_TIME_free>>;

std::string content_of(BIO* bio) {
  const char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  return size <= 0 ? std::string() : std::string(bytes, static_cast<std::size_t>(size));
}

// The first fault that the library remembers, which is the reason; the queue is emptied.
std::string reason() {
  unsigned long code = ERR_get_error();
  const char* data = nullptr;
  std::string text = "no reason given";
  for (int flags = 0; code != 0;
       code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
    if (const char* const why = ERR_reason_error_string(code); why != nullptr) text = why;
    if ((flags & ERR_TXT_STRING) != 0 && data != nullptr && *data != '\0') {
      text += fmt::format(" ({})", data);
    }
  }
  return text;
}

tl::unexpected<Error> untrue(std::string_view what) {
  return fail(Fault::Source, fmt::format("{}: {}", what, reason()));
}

std::string subject_of(const X509* certificate) {
  const Bio out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), X509_get_subject_name(certificate), 0,
                     XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  return content_of(out.get());
}

std::time_t seconds_of(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

// Who is trusted, as of a time.
Store store_of(const std::string& ca_pem, std::time_t at, int purpose) {
  Store store(X509_STORE_new());
  for (const Certificate& certificate : certificates_of(ca_pem)) {
    X509_STORE_add_cert(store.get(), certificate.get());
  }
  X509_VERIFY_PARAM* const param = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_time(param, at);
  X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_purpose(param, purpose);
  return store;
}

// DER that is written in one way only: what has bytes behind it, or lengths in another form, was
// changed by somebody.
template <class T, class Write>
bool is_exact(T* thing, std::string_view der, Write&& write) {
  unsigned char* out = nullptr;
  const int size = write(thing, &out);
  if (size < 0) return false;
  const std::unique_ptr<unsigned char, decltype([](unsigned char* p) { OPENSSL_free(p); })> owner(
      out);
  return der ==
         std::string_view(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
}

Result<Key> key_of(const std::string& pem) {
  const Bio bio = reading(pem);
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
  if (key == nullptr) {
    return fail(Fault::Config,
                "the signing key cannot be read (PEM, without a passphrase): " + reason());
  }
  return key;
}

// Signing by EVP_sha256() is refused by keys that hash by themselves.
const EVP_MD* digest_for(EVP_PKEY* key) {
  const int kind = EVP_PKEY_get_base_id(key);
  return kind == EVP_PKEY_ED25519 ? EVP_sha512() : EVP_sha256();
}

Status set_signing_time(CMS_SignerInfo* signer, std::string_view at) {
  const std::optional<Instant> instant = parse_rfc3339(at);
  const Time time(instant ? ASN1_TIME_adj(nullptr, seconds_of(*instant), 0, 0) : nullptr);
  if (time == nullptr ||
      CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, ASN1_STRING_type(time.get()),
                                  time.get(), -1) != 1) {
    return fail(Fault::Config, "the time of signing cannot be told: " + reason());
  }
  return Status();
}

std::optional<Instant> time_of(const TS_TST_INFO* info) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &parts) != 1) return std::nullopt;
  return Instant(std::chrono::seconds(::timegm(&parts)));
}

}  // namespace

Result<std::string> sign_detached(std::string_view data, const std::string& key_pem,
                                  const std::string& certificate_pem, std::string_view at) {
  TRY(const Key key, key_of(key_pem));
  const std::vector<Certificate> certificates = certificates_of(certificate_pem);
  if (certificates.empty() || X509_check_private_key(certificates.front().get(), key.get()) != 1) {
    ERR_clear_error();
    return fail(Fault::Config, "the certificate is none, or not that of the signing key");
  }
  constexpr unsigned kFlags = CMS_BINARY | CMS_DETACHED | CMS_PARTIAL | CMS_NOSMIMECAP;
  const Bio content = reading(data);
  const Cms cms(CMS_sign(nullptr, nullptr, nullptr, content.get(), kFlags));
  CMS_SignerInfo* const signer = cms == nullptr
                                     ? nullptr
                                     : CMS_add1_signer(cms.get(), certificates.front().get(),
                                                       key.get(), digest_for(key.get()), kFlags);
  if (signer == nullptr) return fail(Fault::Config, "cannot sign with this key: " + reason());
  TRY_STATUS(set_signing_time(signer, at));
  if (CMS_final(cms.get(), content.get(), nullptr, kFlags) != 1) {
    return fail(Fault::Config, "cannot sign: " + reason());
  }
  const Bio out(BIO_new(BIO_s_mem()));
  CHECK(i2d_CMS_bio(out.get(), cms.get()) == 1, "what was signed can be written");
  return content_of(out.get());
}

Result<Signed> check_signature(std::string_view data, std::string_view signature,
                               const std::string& ca_pem, Instant at) {
  ERR_clear_error();
  const auto* der = reinterpret_cast<const unsigned char*>(signature.data());
  const Cms cms(d2i_CMS_ContentInfo(nullptr, &der, static_cast<long>(signature.size())));
  if (cms == nullptr || !is_exact(cms.get(), signature, i2d_CMS_ContentInfo)) {
    return untrue("it is no CMS signature in DER");
  }
  const Store store = store_of(ca_pem, seconds_of(at), X509_PURPOSE_ANY);
  // Of memory itself CMS_verify() makes a second reader, which OpenSSL 3.0 loses when the signature
  // is damaged; of memory behind a filter it does not.
  const Bio content(BIO_push(BIO_new(BIO_f_null()), reading(data).release()));
  if (CMS_verify(cms.get(), nullptr, store.get(), content.get(), nullptr, CMS_BINARY) != 1) {
    return untrue("it does not hold");
  }
  const std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * s) { sk_X509_free(s); })>
      signers(CMS_get0_signers(cms.get()));
  if (signers == nullptr || sk_X509_num(signers.get()) != 1) {
    return fail(Fault::Source, "it has not exactly one signer");
  }
  TRY_STATUS(check_signature_form(signature, ca_pem));
  return Signed{subject_of(sk_X509_value(signers.get(), 0))};
}

Result<std::string> timestamp_request(std::string_view data) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  CHECK(EVP_Digest(data.data(), data.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1,
        "SHA-256 is always there");
  const Algorithm algorithm(X509_ALGOR_new());
  const Imprint imprint(TS_MSG_IMPRINT_new());
  const Request request(TS_REQ_new());
  X509_ALGOR_set_md(algorithm.get(), EVP_sha256());
  const bool made =
      TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
      TS_MSG_IMPRINT_set_msg(imprint.get(), digest.data(), static_cast<int>(size)) == 1 &&
      TS_REQ_set_version(request.get(), 1) == 1 &&
      TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
      TS_REQ_set_cert_req(request.get(), 1) == 1;
  const Bio out(BIO_new(BIO_s_mem()));
  if (!made || i2d_TS_REQ_bio(out.get(), request.get()) != 1) {
    return fail(Fault::Storage, "cannot make a request for a time stamp: " + reason());
  }
  return content_of(out.get());
}

Result<Stamped> check_timestamp(std::string_view data, std::string_view answer,
                                const std::string& ca_pem) {
  ERR_clear_error();
  const auto* der = reinterpret_cast<const unsigned char*>(answer.data());
  const Answer response(d2i_TS_RESP(nullptr, &der, static_cast<long>(answer.size())));
  if (response == nullptr || !is_exact(response.get(), answer, i2d_TS_RESP)) {
    return untrue("it is no time stamp in DER");
  }
  TS_TST_INFO* const info = TS_RESP_get_tst_info(response.get());
  const std::optional<Instant> at = info == nullptr ? std::nullopt : time_of(info);
  const ASN1_INTEGER* const status =
      TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response.get()));
  if (!at || ASN1_INTEGER_get(status) != TS_STATUS_GRANTED) {
    return fail(Fault::Source, "the authority has granted no stamp");
  }
  const Verification check(TS_VERIFY_CTX_new());
  TS_VERIFY_CTX_set_flags(check.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE | TS_VFY_DATA);
  TS_VERIFY_CTX_set_data(check.get(), reading(data).release());
  TS_VERIFY_CTX_set_store(check.get(),
                          store_of(ca_pem, seconds_of(*at), X509_PURPOSE_TIMESTAMP_SIGN).release());
  if (TS_RESP_verify_response(check.get(), response.get()) != 1) return untrue("it does not hold");
  PKCS7* const token = TS_RESP_get_token(response.get());
  const std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * s) { sk_X509_free(s); })>
      signers(PKCS7_get0_signers(token, nullptr, 0));
  if (signers == nullptr || sk_X509_num(signers.get()) != 1) {
    return fail(Fault::Source, "it has not exactly one signer");
  }
  TRY_STATUS(check_timestamp_form(answer, ca_pem));
  return Stamped{*at, subject_of(sk_X509_value(signers.get(), 0))};
}

}  // namespace pantau
