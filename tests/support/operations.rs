//! Every operation, to be called with JSON and to answer JSON, under wire names.
//!
//! The table is written by hand, apart from the description and from what is made of it; a test
//! holds that it has all operations and no other.

use std::fmt::Debug;
use std::marker::PhantomData;
use std::pin::Pin;

use alibabacloud_cams::runtime::testing::{Mismatch, Received};
use alibabacloud_cams::runtime::{Call, Operation};
use alibabacloud_cams::{Client, Error};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// A call on its way.
pub type Calling<'a> = Pin<Box<dyn Future<Output = Result<Json, Error>> + 'a>>;

/// An operation whose types are left open.
pub trait Callable {
    /// Its name on the wire.
    fn action(&self) -> &'static str;

    /// Calls it with a request of this JSON.
    ///
    /// # Panics
    ///
    /// When the JSON is no request of it.
    fn call<'a>(&self, client: &'a Client, request: Json) -> Calling<'a>;

    /// What the call shows of itself before it is made.
    ///
    /// # Panics
    ///
    /// As [`call`](Self::call).
    fn shown(&self, client: &Client, request: Json) -> String;

    /// Reads a request of it.
    ///
    /// # Errors
    ///
    /// When the text is none.
    fn request(&self, text: &str) -> Result<Box<dyn Model>, serde_json::Error>;

    /// Reads a request of it back from what was sent.
    ///
    /// # Errors
    ///
    /// When that is no request of it.
    fn received(&self, request: &Received) -> Result<Box<dyn Model>, Mismatch>;

    /// Reads an answer of it.
    ///
    /// # Errors
    ///
    /// When the text is none.
    fn response(&self, text: &str) -> Result<Box<dyn Model>, serde_json::Error>;
}

/// A request or an answer whose type is left open.
pub trait Model: Debug {
    /// What it is under wire names, as text.
    fn written(&self) -> String;
}

impl<T: Debug + Serialize> Model for T {
    fn written(&self) -> String {
        serde_json::to_string(self).expect("a model can be written")
    }
}

type Method<O> = for<'a> fn(&'a Client, O) -> Call<'a, O>;

struct Typed<O>(Method<O>, PhantomData<fn(O)>);

impl<O> Callable for Typed<O>
where
    O: Operation<Response: Debug + Serialize> + Debug + Serialize + DeserializeOwned,
{
    fn action(&self) -> &'static str {
        O::ACTION
    }

    fn call<'a>(&self, client: &'a Client, request: Json) -> Calling<'a> {
        let call = (self.0)(client, self.read(request));
        Box::pin(async move {
            let answer = call.await?;
            Ok(serde_json::to_value(answer).expect("an answer can be written"))
        })
    }

    fn shown(&self, client: &Client, request: Json) -> String {
        let call = (self.0)(client, self.read(request));
        format!("{call:?}\n{call:#?}")
    }

    fn request(&self, text: &str) -> Result<Box<dyn Model>, serde_json::Error> {
        Ok(Box::new(serde_json::from_str::<O>(text)?))
    }

    fn received(&self, request: &Received) -> Result<Box<dyn Model>, Mismatch> {
        Ok(Box::new(request.parse::<O>()?))
    }

    fn response(&self, text: &str) -> Result<Box<dyn Model>, serde_json::Error> {
        Ok(Box::new(serde_json::from_str::<O::Response>(text)?))
    }
}

impl<O: Operation + DeserializeOwned> Typed<O> {
    fn read(&self, request: Json) -> O {
        serde_json::from_value(request)
            .unwrap_or_else(|error| panic!("not a request of {}: {error}", O::ACTION))
    }
}

/// Operations by their request types, each with the method that calls it.
macro_rules! operations {
    ($($module:ident { $($request:ident => $method:ident,)* })*) => {
        vec![$($({
            use alibabacloud_cams::$module::$request as Request;
            let method: Method<Request> = |client, request| client.$method(request);
            Box::new(Typed(method, PhantomData)) as Box<dyn Callable>
        },)*)*]
    };
}

/// All operations, by group and then by name.
pub fn operations() -> Vec<Box<dyn Callable>> {
    operations! {
        business_accounts {
            ChatappBindWabaRequest => chatapp_bind_waba,
            CreateWhatsappConversionApiRequest => create_whatsapp_conversion_api,
            EnableWhatsappRoiMetricRequest => enable_whatsapp_roi_metric,
            GetPermissionByCodeRequest => get_permission_by_code,
            GetWhatsappConversionApiRequest => get_whatsapp_conversion_api,
            GetWhatsappHealthStatusRequest => get_whatsapp_health_status,
            IsvGetAppIdRequest => isv_get_app_id,
            QueryChatappBindWabaRequest => query_chatapp_bind_waba,
            QueryMmlActiveRequest => query_mml_active,
            QueryWabaBusinessInfoRequest => query_waba_business_info,
            RequestWhatsappConversionApiRequest => request_whatsapp_conversion_api,
            UpdateAccountWebhookRequest => update_account_webhook,
            UpdateWabaMmlStatusRequest => update_waba_mml_status,
        }
        business_profiles {
            CreatePhoneMessageQrdlRequest => create_phone_message_qrdl,
            DeletePhoneMessageQrdlRequest => delete_phone_message_qrdl,
            DeleteWhatsappUserNameRequest => delete_whatsapp_user_name,
            GetConversationalAutomationRequest => get_conversational_automation,
            GetPhoneEncryptionPublicKeyRequest => get_phone_encryption_public_key,
            GetWhatsappUserNameRequest => get_whatsapp_user_name,
            GetWhatsappUserNameSuggestionsRequest => get_whatsapp_user_name_suggestions,
            ListPhoneMessageQrdlRequest => list_phone_message_qrdl,
            ModifyPhoneBusinessProfileRequest => modify_phone_business_profile,
            QueryPhoneBusinessProfileRequest => query_phone_business_profile,
            UpdateConversationalAutomationRequest => update_conversational_automation,
            UpdatePhoneEncryptionPublicKeyRequest => update_phone_encryption_public_key,
            UpdatePhoneMessageQrdlRequest => update_phone_message_qrdl,
            UpdateWhatsappUserNameRequest => update_whatsapp_user_name,
        }
        campaigns {
            AddCustomAudienceUserRequest => add_custom_audience_user,
            AddMarketingFlowRequest => add_marketing_flow,
            CreateCustomAudienceRequest => create_custom_audience,
            CreateMessageCampaignRequest => create_message_campaign,
            DeleteMarketingFlowRequest => delete_marketing_flow,
            DeleteMessageCampaignRequest => delete_message_campaign,
            GetMessageCampaignInsightsRequest => get_message_campaign_insights,
            ListCustomAudienceRequest => list_custom_audience,
            ListMarketingFlowRequest => list_marketing_flow,
            ListMessageCampaignRequest => list_message_campaign,
            ListMessengerSubscriptionTokenRequest => list_messenger_subscription_token,
            ListPageAdAccountRequest => list_page_ad_account,
            PauseMarketingFlowRequest => pause_marketing_flow,
            SyncMessageCampaignRequest => sync_message_campaign,
            SyncMessengerSubscriptionTokenRequest => sync_messenger_subscription_token,
            UpdateMarketingFlowRequest => update_marketing_flow,
        }
        catalogs {
            GetCommerceSettingRequest => get_commerce_setting,
            GetWhatsappConnectionCatalogRequest => get_whatsapp_connection_catalog,
            ListProductRequest => list_product,
            ListProductCatalogRequest => list_product_catalog,
            UpdateCommerceSettingRequest => update_commerce_setting,
        }
        chat_flows {
            CreateChatFlowRequest => create_chat_flow,
            CreateChatFlowByImportRequest => create_chat_flow_by_import,
            CreateChatFlowLogSettingRequest => create_chat_flow_log_setting,
            CreateFlowVersionRequest => create_flow_version,
            DeleteChatFlowRequest => delete_chat_flow,
            DeleteFlowVersionRequest => delete_flow_version,
            FlowBindPhoneRequest => flow_bind_phone,
            FlowRebindPhoneRequest => flow_rebind_phone,
            FlowUnbindPhoneRequest => flow_unbind_phone,
            GetChatFlowMetricRequest => get_chat_flow_metric,
            GetChatFlowTemplateRequest => get_chat_flow_template,
            ListBindingRelationsForFlowVersionRequest => list_binding_relations_for_flow_version,
            ListChatFlowRequest => list_chat_flow,
            ListChatFlowTemplateRequest => list_chat_flow_template,
            ListFlowNodeGroupRequest => list_flow_node_group,
            ListFlowVersionRequest => list_flow_version,
            OfflineFlowVersionRequest => offline_flow_version,
            OnlineFlowVersionRequest => online_flow_version,
            ReadChatFlowRequest => read_chat_flow,
            ReadChatFlowLogSettingRequest => read_chat_flow_log_setting,
            ReadFlowVersionRequest => read_flow_version,
            TriggerChatFlowRequest => trigger_chat_flow,
            UpdateChatFlowRequest => update_chat_flow,
            UpdateChatFlowLogSettingRequest => update_chat_flow_log_setting,
            UpdateFlowVersionRequest => update_flow_version,
        }
        chat_groups {
            AddChatGroupRequest => add_chat_group,
            AddChatGroupInviteLinkRequest => add_chat_group_invite_link,
            DeleteChatGroupRequest => delete_chat_group,
            DeleteChatGroupInviteLinkRequest => delete_chat_group_invite_link,
            DeleteChatGroupParticipantsRequest => delete_chat_group_participants,
            ListChatGroupRequest => list_chat_group,
            ListChatGroupParticipantsRequest => list_chat_group_participants,
            UpdateChatGroupRequest => update_chat_group,
        }
        contacts {
            AddContactsRequest => add_contacts,
            AddGroupRequest => add_group,
            DeleteContactsRequest => delete_contacts,
            DeleteContactsByIdsRequest => delete_contacts_by_ids,
            DeleteGroupByIdRequest => delete_group_by_id,
            GetDownloadExcelListRequest => get_download_excel_list,
            GetGroupExistRequest => get_group_exist,
            ListAllGroupsRequest => list_all_groups,
            MoveContactToGroupRequest => move_contact_to_group,
            RemoveContactByIdRequest => remove_contact_by_id,
            UpdateContactByIdRequest => update_contact_by_id,
            UpdateGroupNameRequest => update_group_name,
        }
        direct_mail {
            BindDmAccountRequest => bind_dm_account,
            ListBindDmAccountRequest => list_bind_dm_account,
            ListDmAccountRequest => list_dm_account,
            ListDmTagRequest => list_dm_tag,
            UnbindDmAccountRequest => unbind_dm_account,
        }
        flows {
            CreateFlowRequest => create_flow,
            DeleteFlowRequest => delete_flow,
            DeprecateFlowRequest => deprecate_flow,
            GetFlowRequest => get_flow,
            GetFlowJsonAssestRequest => get_flow_json_assest,
            GetFlowPreviewUrlRequest => get_flow_preview_url,
            ListFlowRequest => list_flow,
            ModifyFlowRequest => modify_flow,
            PublishFlowRequest => publish_flow,
            SyncFlowRequest => sync_flow,
            UpdateFlowJsonAssetRequest => update_flow_json_asset,
        }
        instances {
            ChangeResourceGroupRequest => change_resource_group,
            CreateInstanceRequest => create_instance,
            DeleteInstanceRequest => delete_instance,
            GetChatappOpenStatusRequest => get_chatapp_open_status,
            GetCustomerSiteRequest => get_customer_site,
            ListInstanceRequest => list_instance,
            OpenChatappServiceRequest => open_chatapp_service,
            QueryInstanceRequest => query_instance,
            UpdateInstanceRequest => update_instance,
        }
        messages {
            CheckDirectSendMessageSampleRequest => check_direct_send_message_sample,
            GeneratePresignedUrlRequest => generate_presigned_url,
            GetChatappUploadAuthorizationRequest => get_chatapp_upload_authorization,
            ListChatappMessageRequest => list_chatapp_message,
            SendChatappMassMessageRequest => send_chatapp_mass_message,
            SendChatappMessageRequest => send_chatapp_message,
            WhatsappCallRequest => whatsapp_call,
        }
        pages {
            BindInstagramPageRequest => bind_instagram_page,
            BindMessengerPageRequest => bind_messenger_page,
            CreateMessengerPageRequest => create_messenger_page,
            DeleteInstagramPageRequest => delete_instagram_page,
            DeleteMessengerPageRequest => delete_messenger_page,
            GetFbInstagramPagesRequest => get_fb_instagram_pages,
            GetFbMessengerPagesRequest => get_fb_messenger_pages,
            ListFacebookPostsRequest => list_facebook_posts,
            ListInstagramPageRequest => list_instagram_page,
            ListInstagramPostsRequest => list_instagram_posts,
        }
        phone_numbers {
            AddChatappPhoneNumberRequest => add_chatapp_phone_number,
            ChatappMigrationRegisterRequest => chatapp_migration_register,
            ChatappMigrationVerifiedRequest => chatapp_migration_verified,
            ChatappPhoneNumberDeregisterRequest => chatapp_phone_number_deregister,
            ChatappPhoneNumberRegisterRequest => chatapp_phone_number_register,
            ChatappSyncPhoneNumberRequest => chatapp_sync_phone_number,
            ChatappVerifyAndRegisterRequest => chatapp_verify_and_register,
            CreateChatappMigrationInitiateRequest => create_chatapp_migration_initiate,
            GetChatappPhoneNumberMetricRequest => get_chatapp_phone_number_metric,
            GetChatappPhoneNumberSettingRequest => get_chatapp_phone_number_setting,
            GetChatappVerifyCodeRequest => get_chatapp_verify_code,
            GetMigrationVerifyCodeRequest => get_migration_verify_code,
            GetPhoneNumberVerificationStatusRequest => get_phone_number_verification_status,
            GetPreValidatePhoneIdRequest => get_pre_validate_phone_id,
            QueryChatappPhoneNumbersRequest => query_chatapp_phone_numbers,
            SubmitVerifyCodeResultRequest => submit_verify_code_result,
            SyncBusinessAppHistoryRequest => sync_business_app_history,
            UpdatePhoneWebhookRequest => update_phone_webhook,
        }
        templates {
            ArchiveChatappTemplateRequest => archive_chatapp_template,
            CopyTemplateRequest => copy_template,
            CreateChatappTemplateRequest => create_chatapp_template,
            DeleteChatappTemplateRequest => delete_chatapp_template,
            GetAutoGeneratedTemplateRequest => get_auto_generated_template,
            GetChatappTemplateDetailRequest => get_chatapp_template_detail,
            GetChatappTemplateMetricRequest => get_chatapp_template_metric,
            ListChatappTemplateRequest => list_chatapp_template,
            ListWhatAppTemplateRequest => list_what_app_template,
            ModifyChatappTemplateRequest => modify_chatapp_template,
            ModifyChatappTemplatePropertiesRequest => modify_chatapp_template_properties,
        }
        viber {
            AddAddressRecoverSuspendRequest => add_address_recover_suspend,
            AddAuditViberOpenRequest => add_audit_viber_open,
            GetAuditRequestByTypeUnAuditRequest => get_audit_request_by_type_un_audit,
            GetPledgeTemplateAddressRequest => get_pledge_template_address,
            GetViberByRequestNoRequest => get_viber_by_request_no,
            GetViberPauseTimesRequest => get_viber_pause_times,
            ListViberServiceMessageRequest => list_viber_service_message,
            UpdateAuditRequestRequest => update_audit_request,
        }
    }
}
