// Amazon CloudFront before a bucket: a CloudFormation template, and what fills the bucket.
import { extname } from "node:path";
import { API, BIND_API, HEADERS, PAGE, TYPES, VISITS, cacheOf } from "./site.mjs";

export const cloudfront = (names) => ({
  "cloudfront/template.json": `${JSON.stringify(template(), null, 2)}\n`,
  "cloudfront/upload.sh": upload(names.filter((name) => name !== PAGE)),
});

const upload = (others) => `# Uploads a release: sh hosting/cloudfront/upload.sh BUCKET. Written by the build of liff-bind.
# The page comes last, and nothing is deleted: pages that are open ask for the files of before.
set -eu
bucket=$1
cd "$(dirname "$0")/../../dist"
put() {
  aws s3 cp "$1" "s3://$bucket/$1" --cache-control "$2" --content-type "$3"
}
${[...others, PAGE].map((name) => `put ${name} "${cacheOf(name)}" "${TYPES[extname(name)]}"`).join("\n")}
`;

const ref = (name) => ({ Ref: name });
const attribute = (resource, name) => ({ "Fn::GetAtt": [resource, name] });
const sub = (text) => ({ "Fn::Sub": text });

/** Amazon's own policies: IDs are the same in every account. */
const MANAGED = {
  cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  allViewerExceptHost: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
};

/** Runs before the cache is asked. */
const REWRITE = `function handler(event) {
  var request = event.request;
  if (request.uri === "/" || request.uri.indexOf("/${PAGE}/") === 0) request.uri = "/${PAGE}";
  return request;
}
`;

/** Answers visits (docs/visits.md) and writes them to its log, without addresses. */
const COUNT = `function handler(event) {
  var query = event.request.querystring;
  var fields = Object.keys(query).map(function (name) { return name + "=" + query[name].value; });
  if (event.request.method === "POST") console.log(new Date().toISOString() + " " + fields.join("&"));
  return { statusCode: 204, statusDescription: "No Content", headers: { "cache-control": { value: "no-store" } } };
}
`;

const template = () => ({
  AWSTemplateFormatVersion: "2010-09-09",
  Description: "The bind page behind CloudFront. Written by the build of liff-bind; docs/deployment.md says how to apply it.",
  Parameters: {
    Host: { Type: "String", Description: "The page's host name, such as bind.shop.example" },
    CertificateArn: { Type: "String", Description: "Its certificate in ACM, in us-east-1" },
    BindApiHost: { Type: "String", Description: "The bind API's host name" },
  },
  Resources: {
    Bucket: { Type: "AWS::S3::Bucket" },
    BucketPolicy: {
      Type: "AWS::S3::BucketPolicy",
      Properties: {
        Bucket: ref("Bucket"),
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "cloudfront.amazonaws.com" },
              // Without the second, S3 answers 403 and not 404 to what is not there.
              Action: ["s3:GetObject", "s3:ListBucket"],
              Resource: [attribute("Bucket", "Arn"), sub("${Bucket.Arn}/*")],
              Condition: {
                StringEquals: { "AWS:SourceArn": sub("arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}") },
              },
            },
          ],
        },
      },
    },
    Access: {
      Type: "AWS::CloudFront::OriginAccessControl",
      Properties: {
        OriginAccessControlConfig: {
          Name: sub("${AWS::StackName}-bucket"),
          OriginAccessControlOriginType: "s3",
          SigningBehavior: "always",
          SigningProtocol: "sigv4",
        },
      },
    },
    Rewrite: {
      Type: "AWS::CloudFront::Function",
      Properties: {
        Name: sub("${AWS::StackName}-rewrite"),
        AutoPublish: true,
        FunctionCode: REWRITE,
        FunctionConfig: { Comment: "What LINE glues behind the page's name gets the page", Runtime: "cloudfront-js-2.0" },
      },
    },
    Visits: {
      Type: "AWS::CloudFront::Function",
      Properties: {
        Name: sub("${AWS::StackName}-visits"),
        AutoPublish: true,
        FunctionCode: COUNT,
        FunctionConfig: { Comment: "Counts visits, where the page is told to", Runtime: "cloudfront-js-2.0" },
      },
    },
    Headers: {
      Type: "AWS::CloudFront::ResponseHeadersPolicy",
      Properties: { ResponseHeadersPolicyConfig: { Name: sub("${AWS::StackName}-headers"), ...headersConfig() } },
    },
    Distribution: {
      Type: "AWS::CloudFront::Distribution",
      Properties: { DistributionConfig: DISTRIBUTION },
    },
  },
  Outputs: {
    Bucket: { Value: ref("Bucket") },
    Domain: { Value: attribute("Distribution", "DomainName"), Description: "Where the host name's DNS record must lead" },
  },
});

// `Cache-Control` comes with the objects in the bucket, so that no 404 has one. No logs: standard ones hold queries.
const DISTRIBUTION = {
  Enabled: true,
  Aliases: [ref("Host")],
  HttpVersion: "http2and3",
  IPV6Enabled: true,
  ViewerCertificate: { AcmCertificateArn: ref("CertificateArn"), SslSupportMethod: "sni-only", MinimumProtocolVersion: "TLSv1.2_2021" },
  Origins: [
    {
      Id: "files",
      DomainName: attribute("Bucket", "RegionalDomainName"),
      OriginAccessControlId: attribute("Access", "Id"),
      S3OriginConfig: { OriginAccessIdentity: "" },
    },
    {
      Id: "bind-api",
      DomainName: ref("BindApiHost"),
      ConnectionAttempts: 1,
      ConnectionTimeout: API.connect,
      CustomOriginConfig: { OriginProtocolPolicy: "https-only", OriginSSLProtocols: ["TLSv1.2"], OriginReadTimeout: API.answer },
    },
  ],
  DefaultCacheBehavior: {
    TargetOriginId: "files",
    ViewerProtocolPolicy: "redirect-to-https",
    Compress: true,
    CachePolicyId: MANAGED.cachingOptimized,
    ResponseHeadersPolicyId: ref("Headers"),
    FunctionAssociations: [{ EventType: "viewer-request", FunctionARN: attribute("Rewrite", "FunctionARN") }],
  },
  CacheBehaviors: [
    {
      PathPattern: BIND_API,
      TargetOriginId: "bind-api",
      ViewerProtocolPolicy: "https-only",
      AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
      CachePolicyId: MANAGED.cachingDisabled,
      OriginRequestPolicyId: MANAGED.allViewerExceptHost,
    },
    {
      PathPattern: VISITS,
      TargetOriginId: "files",
      ViewerProtocolPolicy: "https-only",
      AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
      CachePolicyId: MANAGED.cachingDisabled,
      FunctionAssociations: [{ EventType: "viewer-request", FunctionARN: attribute("Visits", "FunctionARN") }],
    },
  ],
};

/** CloudFront has members of their own for some headers, and a list for the others. */
function headersConfig() {
  const {
    "Content-Security-Policy": ContentSecurityPolicy,
    "Strict-Transport-Security": transport,
    "X-Content-Type-Options": _nosniff,
    "Referrer-Policy": ReferrerPolicy,
    ...others
  } = HEADERS;
  return {
    SecurityHeadersConfig: {
      ContentSecurityPolicy: { ContentSecurityPolicy, Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: Number(/max-age=(\d+)/.exec(transport)[1]), Override: true },
      ContentTypeOptions: { Override: true },
      ReferrerPolicy: { ReferrerPolicy, Override: true },
    },
    CustomHeadersConfig: { Items: Object.entries(others).map(([Header, Value]) => ({ Header, Value, Override: true })) },
  };
}
