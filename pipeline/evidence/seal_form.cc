#include "pipeline/evidence/seal_form.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "pipeline/evidence/openssl_owned.h"

namespace pantau {
namespace {

using openssl::Bio, openssl::Certificate, openssl::Free, openssl::certificates_of;
using Message = std::unique_ptr<PKCS7, Free<PKCS7_free>>;
using Answer = openssl::TimeStampAnswer;

constexpr long kSignatureVersion = 1;  // RFC 5652, 5.1: of a message whose content is plain data
constexpr long kStampVersion = 3;      // of one whose content has a type of its own
constexpr long kSignerVersion = 1;     // whoever is named by issuer and serial number

tl::unexpected<Error> not_in_form(std::string_view part) {
  ERR_clear_error();
  return fail(Fault::Source, "it is not in the one form that is accepted: " + std::string(part));
}

template <class Write>
std::string written(Write&& write) {
  unsigned char* out = nullptr;
  const int size = write(&out);
  if (size <= 0) return "";
  std::string der(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
  OPENSSL_free(out);
  return der;
}

std::string der_of(X509* certificate) {
  return written([&](unsigned char** out) { return i2d_X509(certificate, out); });
}

std::string der_of(const X509_NAME* name) {
  return written([&](unsigned char** out) { return i2d_X509_NAME(name, out); });
}

bool is_vouched_for(X509* certificate, const std::vector<X509*>& trusted) {
  const std::string der = der_of(certificate);
  for (X509* const by : trusted) {
    if (der_of(by) == der) return true;
  }
  for (X509* const by : trusted) {
    if (X509_check_issued(by, certificate) != X509_V_OK) continue;
    if (X509_verify(certificate, X509_get0_pubkey(by)) == 1) return true;
  }
  return false;
}

// One that is vouched for vouches for further ones; none is there twice.
Status check_certificates(const STACK_OF(X509) * stack, const std::vector<Certificate>& roots) {
  std::vector<X509*> trusted;
  trusted.reserve(roots.size());
  for (const Certificate& root : roots) trusted.push_back(root.get());
  std::vector<X509*> left;
  left.reserve(static_cast<std::size_t>(std::max(sk_X509_num(stack), 0)));
  for (int i = 0; i < sk_X509_num(stack); i++) left.push_back(sk_X509_value(stack, i));
  for (std::size_t i = 0; i < left.size(); i++) {
    for (std::size_t k = 0; k < i; k++) {
      if (der_of(left[i]) == der_of(left[k])) return not_in_form("a certificate is there twice");
    }
  }
  while (!left.empty()) {
    const std::size_t before = left.size();
    std::erase_if(left, [&](X509* certificate) {
      if (!is_vouched_for(certificate, trusted)) return false;
      trusted.push_back(certificate);
      return true;
    });
    if (left.size() == before) {
      return not_in_form("a certificate that nobody who is trusted vouches for");
    }
  }
  return Status();
}

bool is_algorithm(const X509_ALGOR* algorithm, int nid, int parameter) {
  const ASN1_OBJECT* object = nullptr;
  int type = 0;
  X509_ALGOR_get0(&object, &type, nullptr, algorithm);
  return OBJ_obj2nid(object) == nid && type == parameter;
}

// The name that a key of this kind signs by, in the one spelling of it that is accepted.
bool is_signing_algorithm(const X509_ALGOR* algorithm, int digest, const X509* signer) {
  const int kind = EVP_PKEY_get_base_id(X509_get0_pubkey(signer));
  if (kind == EVP_PKEY_RSA) return is_algorithm(algorithm, NID_rsaEncryption, V_ASN1_NULL);
  if (kind == EVP_PKEY_ED25519) return is_algorithm(algorithm, NID_ED25519, V_ASN1_UNDEF);
  int nid = NID_undef;
  return OBJ_find_sigid_by_algs(&nid, digest, kind) == 1 &&
         is_algorithm(algorithm, nid, V_ASN1_UNDEF);
}

const X509* certificate_of(const PKCS7_SIGNER_INFO* signer, const STACK_OF(X509) * certificates) {
  const std::string issuer = der_of(signer->issuer_and_serial->issuer);
  for (int i = 0; i < sk_X509_num(certificates); i++) {
    const X509* const certificate = sk_X509_value(certificates, i);
    if (der_of(X509_get_issuer_name(certificate)) == issuer &&
        ASN1_INTEGER_cmp(X509_get0_serialNumber(certificate), signer->issuer_and_serial->serial) ==
            0) {
      return certificate;
    }
  }
  return nullptr;
}

Status check_algorithms(const PKCS7_SIGNED& message, const PKCS7_SIGNER_INFO& signer,
                        const X509* certificate) {
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, signer.digest_alg);
  const int digest = OBJ_obj2nid(object);
  const bool is_known = is_algorithm(signer.digest_alg, digest, V_ASN1_NULL) ||
                        is_algorithm(signer.digest_alg, digest, V_ASN1_UNDEF);
  if (!is_known || sk_X509_ALGOR_num(message.md_algs) != 1 ||
      X509_ALGOR_cmp(sk_X509_ALGOR_value(message.md_algs, 0), signer.digest_alg) != 0) {
    return not_in_form("its hash is named in two ways");
  }
  if (!is_signing_algorithm(signer.digest_enc_alg, digest, certificate)) {
    return not_in_form("the name of what it is signed by");
  }
  return Status();
}

Status check_message(const PKCS7* message, long version, const std::string& ca_pem) {
  if (PKCS7_type_is_signed(message) != 1) return not_in_form("it is not signed data");
  const PKCS7_SIGNED& data = *message->d.sign;
  if (ASN1_INTEGER_get(data.version) != version) return not_in_form("its version");
  if (sk_X509_CRL_num(data.crl) > 0) return not_in_form("it has lists of revoked certificates");
  if (sk_PKCS7_SIGNER_INFO_num(data.signer_info) != 1) {
    return not_in_form("it has not exactly one signer");
  }
  const PKCS7_SIGNER_INFO& signer = *sk_PKCS7_SIGNER_INFO_value(data.signer_info, 0);
  if (ASN1_INTEGER_get(signer.version) != kSignerVersion)
    return not_in_form("the signer's version");
  if (signer.unauth_attr != nullptr) return not_in_form("it has attributes that nobody signed");
  TRY_STATUS(check_certificates(data.cert, certificates_of(ca_pem)));
  const X509* const certificate = certificate_of(&signer, data.cert);
  if (certificate == nullptr) return not_in_form("it lacks the signer's certificate");
  return check_algorithms(data, signer, certificate);
}

}  // namespace

Status check_signature_form(std::string_view der, const std::string& ca_pem) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const Message message(d2i_PKCS7(nullptr, &at, static_cast<long>(der.size())));
  if (message == nullptr) return not_in_form("its DER");
  const std::string again =
      written([&](unsigned char** out) { return i2d_PKCS7(message.get(), out); });
  if (again != der) return not_in_form("its DER");
  TRY_STATUS(check_message(message.get(), kSignatureVersion, ca_pem));
  const PKCS7_SIGNED& data = *message->d.sign;
  if (PKCS7_type_is_data(data.contents) != 1 || PKCS7_get_detached(message.get()) != 1) {
    return not_in_form("its content");
  }
  if (sk_X509_num(data.cert) != 1)
    return not_in_form("it has other certificates than the signer's");
  return Status();
}

Status check_timestamp_form(std::string_view der, const std::string& ca_pem) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const Answer answer(d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size())));
  if (answer == nullptr) return not_in_form("its DER");
  const std::string again =
      written([&](unsigned char** out) { return i2d_TS_RESP(answer.get(), out); });
  if (again != der) return not_in_form("its DER");
  TS_STATUS_INFO* const status = TS_RESP_get_status_info(answer.get());
  if (sk_ASN1_UTF8STRING_num(TS_STATUS_INFO_get0_text(status)) > 0 ||
      TS_STATUS_INFO_get0_failure_info(status) != nullptr) {
    return not_in_form("it has words that nobody signed");
  }
  return check_message(TS_RESP_get_token(answer.get()), kStampVersion, ca_pem);
}

}  // namespace pantau
