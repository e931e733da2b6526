package mail

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/emersion/go-msgauth/dkim"
)

// SigningKey signs for a domain. Its public half stands in DNS below
// "<selector>._domainkey.<domain>".
type SigningKey struct {
	Domain, Selector string
	Signer           crypto.Signer
}

// signedHeaders are all that a reader sees, and what one refuses by: whoever could change
// List-Unsubscribe could unsubscribe others. Gmail wants both in the signature.
var signedHeaders = []string{
	"From", "Reply-To", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted",
}

// Sign puts one signature for each key before the message. now is written into it.
func Sign(message *bytes.Buffer, into *bytes.Buffer, keys []SigningKey, now time.Time) error {
	for _, key := range keys {
		signer, err := dkim.NewSigner(&dkim.SignOptions{
			Domain: key.Domain, Selector: key.Selector, Signer: key.Signer, Hash: crypto.SHA256,
			HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
			HeaderKeys: signedHeaders,
		})
		if err != nil {
			return fmt.Errorf("sign for %q: %w", key.Domain, err)
		}
		if _, err := signer.Write(message.Bytes()); err != nil {
			return fmt.Errorf("sign for %q: %w", key.Domain, errors.Join(err, signer.Close()))
		}
		if err := signer.Close(); err != nil {
			return fmt.Errorf("sign for %q: %w", key.Domain, err)
		}
		into.WriteString(signer.Signature())
	}
	into.Write(message.Bytes())
	return nil
}

// NewKey draws a key and gives it as PEM (PKCS #8), to be sealed, with the TXT record that
// belongs into DNS. algorithm is "rsa" (2048 bits; every receiver knows it) or "ed25519".
func NewKey(algorithm string, random io.Reader) (secret []byte, record string, err error) {
	var private any
	switch algorithm {
	case "rsa":
		private, err = rsa.GenerateKey(random, 2048)
	case "ed25519":
		_, private, err = ed25519.GenerateKey(random)
	default:
		err = fmt.Errorf("algorithm %q", algorithm)
	}
	if err != nil {
		return nil, "", fmt.Errorf("draw a signing key: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, "", fmt.Errorf("write a signing key: %w", err)
	}
	secret = pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	signer, err := ParseKey(secret)
	if err != nil {
		return nil, "", err
	}
	record, err = Record(signer)
	return secret, record, err
}

// ParseKey reads what NewKey gave, or a key of elsewhere. RSA below 2048 bits is refused:
// Gmail trusts no less than 1024, and 2048 is what the RFC asks for.
func ParseKey(secret []byte) (crypto.Signer, error) {
	block, _ := pem.Decode(secret)
	if block == nil {
		return nil, errors.New("the signing key is not PEM")
	}
	private, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		if private, err = x509.ParsePKCS1PrivateKey(block.Bytes); err != nil {
			return nil, errors.New("the signing key cannot be read: PKCS #8 or PKCS #1 is wanted")
		}
	}
	switch key := private.(type) {
	case *rsa.PrivateKey:
		if key.N.BitLen() < 2048 {
			return nil, fmt.Errorf("the signing key has %d bits; at least 2048 are wanted", key.N.BitLen())
		}
		return key, nil
	case ed25519.PrivateKey:
		return key, nil
	}
	return nil, errors.New("the signing key is neither RSA nor Ed25519")
}

// Record is the TXT record of a key's public half.
func Record(signer crypto.Signer) (string, error) {
	switch public := signer.Public().(type) {
	case *rsa.PublicKey:
		der, err := x509.MarshalPKIXPublicKey(public)
		if err != nil {
			return "", fmt.Errorf("write a public key: %w", err)
		}
		return "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(der), nil
	case ed25519.PublicKey:
		return "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public), nil
	}
	return "", errors.New("neither RSA nor Ed25519")
}
